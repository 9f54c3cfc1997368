"""What both sides of the wall have to know: orders for a keeper, the beginning of a report of failure, and patience."""

END, INTERRUPT, WAITED, OTHERS = b"end", b"interrupt", b"waited", b"others"
FAILED = "failed"
PATIENCE = 4  # times the seconds of a limit are the most that anything may take, however busy the machine is
