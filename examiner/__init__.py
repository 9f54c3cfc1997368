"""What only instructors have: freezing, releasing, simulating, grading, reporting."""
