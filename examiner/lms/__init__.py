"""In and out of an LMS: class lists and submissions in, grades out, and more time for a student."""
