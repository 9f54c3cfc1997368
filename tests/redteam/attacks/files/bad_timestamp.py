"""The file with the time of handing in holds no time."""

kind = "files that are none"
aims = "batch neighbour"
base = "half"


def hand_in(folder, path):
    folder.joinpath("timestamp.txt").write_text("99999999999999-99-99 \x1b[2J <script>redteam</script>")
