#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image of the autograder.
set -euo pipefail
here=/autograder/source

apt-get update
apt-get install -y --no-install-recommends bubblewrap libseccomp2 python3 python3-venv software-properties-common
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
python=python3
if ! new_enough "$python"; then # Ubuntu 22.04 has Python 3.10
    add-apt-repository -y ppa:deadsnakes/ppa
    apt-get update
    apt-get install -y --no-install-recommends python3.12 python3.12-venv
    python=python3.12
fi
umask 022 # a student's code runs as another user, and reads the packages
"$python" -m venv /opt/examiner
/opt/examiner/bin/pip install --no-cache-dir -c "$here/requirements.txt" "$here"/wheels/*.whl
chmod -R go-rwx "$here" # the hidden tests
