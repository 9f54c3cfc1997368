"""What an instructor types: one module a command, and what they share to reach nbgrader."""
