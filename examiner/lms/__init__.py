"""In and out of a learning management system: grades out, and more time for a student."""
