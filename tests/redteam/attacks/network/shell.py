"""The shell's own `/dev/tcp`, and a library that fetches addresses, reach for the listener."""

kind = "sockets to loopback"
aims = "connection"
cells = {
    "first": "!timeout 1 bash -c 'echo <<name>> > /dev/tcp/127.0.0.1/<<port>>' 2>/dev/null",
    "last": """
import urllib.request

try:
    urllib.request.urlopen("http://127.0.0.1:<<port>>/<<name>>", timeout=0.5)
except OSError:
    pass
""",
}
