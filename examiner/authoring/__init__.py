"""What helps to write an assignment: a first one to change, a look for faults, and mutants that find holes in tests."""
