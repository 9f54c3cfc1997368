"""The sandbox itself: what it shows, what it hides, which system calls it refuses. It knows no student."""
