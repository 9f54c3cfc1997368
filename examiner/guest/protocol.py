"""What both sides have to know: orders for a watchdog, how a report of failure begins, and how patient to be."""

END, INTERRUPT, WAITED, OTHERS, FULL = b"end", b"interrupt", b"waited", b"others", b"full"
FAILED = "failed"
PATIENCE = 4  # times the seconds of a limit are the most that anything may take, however busy the machine is
