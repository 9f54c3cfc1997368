"""Ways to grade one class, and what each of them takes."""
