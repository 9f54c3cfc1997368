"""What two or more widgets use, in Python and in JavaScript."""
