"""Small changes to a line of a student's source: each is a slip that students make, undone."""
