"""What runs inside the sandbox: a fork server that forks, and in each fork one student's shell.

Nothing in here is trusted once student code has run: whatever it sends is read by `examiner.runner` as hostile.
"""
