"""The process sets itself to user 0, and to others, and starts programs that run as their owner."""

kind = "setuid"
aims = "prove read"
cell = """
import ctypes, os, subprocess

libc = ctypes.CDLL(None, use_errno=True)
libc.prctl(38, 0, 0, 0, 0)
for change in ((os.setresuid, (0, 0, 0)), (os.setresgid, (0, 0, 0)), (os.setgroups, ([0],))):
    try:
        change[0](*change[1])
    except OSError:
        pass
for command in ("su -c 'cat <<home>>/private.txt'", "sudo -n cat <<home>>/private.txt", "mount", "passwd -S"):
    try:
        done = subprocess.run(command, shell=True, capture_output=True, timeout=1, stdin=subprocess.DEVNULL)
        print(done.stdout)
    except (OSError, subprocess.SubprocessError):
        pass
try:
    with open("root-shell", "wb") as copy, open("/bin/sh", "rb") as shell:
        copy.write(shell.read())
    os.chmod("root-shell", 0o6755)
    os.chown("root-shell", 0, 0)
except OSError:
    pass
try:
    if "CapEff:\\t0000000000000000" not in open("/proc/self/status").read() and os.path.exists("/proc/1/mem"):
        os.close(os.open("/proc/sys/kernel/core_pattern", os.O_WRONLY))  # is not written to
        print("<<proof>>")
except OSError:
    pass
"""
