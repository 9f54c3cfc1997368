"""Shell escapes and cell magics read what Python might have been kept from."""

kind = "IPython magics"
aims = "read"
cells = {
    "first": "!cat <<course>>/source/target/* <<home>>/* ../../../source/target/* 2>/dev/null",
    "last": "%%bash\nfind / -xdev \\( -name private.txt -o -name hidden.json \\) -exec cat {} + 2>/dev/null\ntrue",
}
