"""Settings of the kernel are opened for writing: they would act on the whole machine. Nothing is written."""

kind = "kernel settings and devices"
aims = "prove"
cell = """
import glob, os

places = ["/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sysrq-trigger"]
places += ["/sys/kernel/uevent_helper", "/proc/sys/vm/drop_caches"]
if os.stat("/proc/1").st_uid != os.getuid():  # else it is the sandbox's own first process, and the same user's
    places += ["/proc/1/oom_score_adj"]
places += [*glob.glob("/sys/fs/cgroup/**/release_agent", recursive=True)]
for path in places:
    try:
        os.close(os.open(path, os.O_WRONLY))
        print("<<proof>>", path)
    except OSError:
        pass
"""
