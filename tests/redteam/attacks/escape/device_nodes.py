"""Device nodes are made and opened: disks, memory, terminals."""

kind = "kernel settings and devices"
aims = "prove"
cell = """
import fcntl, glob, os, stat, termios

devices = [(stat.S_IFBLK, 254, 0), (stat.S_IFBLK, 8, 0), (stat.S_IFCHR, 1, 1), (stat.S_IFCHR, 1, 2)]
for number, (kind, major, minor) in enumerate(devices):
    try:
        os.mknod(f"node-{number}", 0o600 | kind, os.makedev(major, minor))
        os.close(os.open(f"node-{number}", os.O_RDONLY))
        print("<<proof>>")
    except OSError:
        pass
for path in ("/dev/mem", "/dev/kmem", "/dev/kmsg", "/dev/vda", "/dev/sda", "/proc/kcore", "/proc/kmsg"):
    try:
        os.close(os.open(path, os.O_RDONLY))
        print("<<proof>>", path)
    except OSError:
        pass
for path in ("/dev/tty", *glob.glob("/proc/self/fd/*")):
    try:
        fcntl.ioctl(os.open(path, os.O_RDWR), termios.TIOCSTI, b"x")
        print("<<proof>>", path)
    except OSError:
        pass
"""
