"""Run a student's answer, and compare it with the frozen one."""
