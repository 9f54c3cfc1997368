"""The student's own folder has a name that clears the terminal and colours what follows."""

kind = "terminal escapes"
aims = "act batch neighbour"
student = "mallory\x1b[2J\x1b[31m"
