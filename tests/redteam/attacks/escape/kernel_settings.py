"""Settings of the kernel are opened for writing: they would act on the whole machine. Nothing is written."""

kind = "kernel settings and devices"
aims = "prove"
cell = """
import glob, os

places = ["/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sysrq-trigger"]
# Not what belongs to the first process of the sandbox alone, which is the same plain user there.
places += ["/sys/kernel/uevent_helper", "/proc/sys/vm/drop_caches"]
places += [*glob.glob("/sys/fs/cgroup/**/release_agent", recursive=True)]
for path in places:
    try:
        os.close(os.open(path, os.O_WRONLY))
        print("<<proof>>", path)
    except OSError:
        pass
"""
