#!/bin/sh
# Make .venv, with everything that the course runs on; `sh tools/setup.sh grading` adds the sandbox in which
# submissions are graded, and `sh tools/setup.sh dev` that and what the tests need.
# Run it as often as you like: it does what is missing, and when nothing is, it says and does nothing.
# .venv is this script's own: one that is half made, or was moved here from elsewhere, is made again.
set -eu
cd "$(dirname "$0")/.."

for_tests=
for_grading=
[ "${1:-}" = dev ] && for_tests=yes
[ -n "${1:-}" ] && for_grading=yes
stamp=.venv/set-up # written last: what .venv was made from, and the names of what was put there
log=.venv/set-up.log

say() { printf '%s\n' "$*"; }
give_up() {
    say "$*" >&2
    exit 1
}

# What .venv depends on. Scripts in it hold its path, so a copied one would run the course it was copied from.
place() { say "place $(pwd -P) $(.venv/bin/python -c 'import sys; print(sys.version)' 2>&1 | tr -d '\n')"; }
wanted() {
    for file in requirements.txt pyproject.toml backprop/pyproject.toml ${for_tests:+requirements-dev.txt package-lock.json}; do
        say "wanted $file $(cksum <"$file")"
    done
}
present() { ls -d .venv/bin/* .venv/lib/python*/site-packages/* 2>/dev/null || true; }

# Is each line of the input in the sorted file $1?
all_in() { [ -z "$(LC_ALL=C sort | LC_ALL=C comm -23 - "$1")" ]; }

# Is everything still in its place that the last run left there?
is_whole() {
    [ -f "$stamp" ] || return 1
    { place && present; } | LC_ALL=C sort >.venv/now
    grep -v '^wanted ' "$stamp" | all_in .venv/now
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        command -v sudo >/dev/null && sudo -n "$@"
    fi
}
may_install() { command -v apt-get >/dev/null && as_root true 2>/dev/null; }
apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::http::Timeout=30 \
        -o DPkg::Lock::Timeout=60 "$@" </dev/null >/dev/null 2>&1
}
apt_install() { apt install --no-install-recommends "$@" || { apt update && apt install --no-install-recommends "$@"; }; }

find_python() {
    for name in python3 python3.13 python3.12 python3.11; do
        # Run it: a name on the PATH may be a stub that only says how to install one.
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            say "$name"
            return
        fi
    done
    give_up "The course needs Python 3.11 or newer, and none was found: install one (on Debian and Ubuntu: sudo apt-get install python3 python3-venv), then run this again."
}

make_venv() {
    python=$(find_python)
    rm -rf .venv
    said=$("$python" -m venv .venv 2>&1) && return
    rm -rf .venv
    # Debian and Ubuntu keep a part of Python in a package of its own.
    "$python" -c 'import ensurepip' >/dev/null 2>&1 && give_up "Python could not make .venv: $said"
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    how="Python's venv module is incomplete here: run  sudo apt-get install $package  and then this again."
    may_install || give_up "$how"
    say "Installing $package, which Python needs to make .venv."
    apt_install "$package" || give_up "$how"
    "$python" -m venv .venv >/dev/null 2>&1 || {
        rm -rf .venv
        give_up "$how"
    }
}

pip() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --progress-bar off "$@" \
        >>"$log" 2>&1 </dev/null && return
    grep -v '^WARNING' "$log" | tail -n 5 >&2
    give_up "Installing stopped with the error above (all of it is in $log): check the network and the free space on the disk (4 GB are needed), then run this again; what was downloaded is kept."
}

install_packages() {
    rm -f "$stamp" "$log"
    pip -r requirements.txt ${for_tests:+-r requirements-dev.txt}
    pip --no-deps --no-build-isolation --editable ./backprop --editable .
    { place && wanted && present; } | LC_ALL=C sort >.venv/now
    mv .venv/now "$stamp"
}

# Ubuntu's packages of Chromium only fetch a snap, which headless tests cannot use.
chromium_package() {
    for name in chromium chromium-browser; do
        case $(apt-cache policy "$name" 2>/dev/null | sed -n 's/^ *Candidate: //p') in
        '' | '(none)' | *snap*) ;;
        *)
            say "$name"
            return
            ;;
        esac
    done
}

install_chromium() {
    for name in chromium chromium-browser google-chrome; do
        "$name" --version >/dev/null 2>&1 </dev/null && return
    done
    skipped="the tests that drive a browser will be skipped"
    may_install || {
        say "There is no Chromium: $skipped. To have them run, install it (on Debian: sudo apt-get install chromium fonts-dejavu-core)."
        return
    }
    package=$(chromium_package)
    [ -n "$package" ] || { apt update && package=$(chromium_package); } || true
    if [ -z "$package" ]; then
        say "There is no Chromium, and this system has it as a snap only: $skipped."
    else
        say "Installing Chromium for the tests that drive a browser: about 1 minute."
        apt_install "$package" fonts-dejavu-core || say "Chromium could not be installed: $skipped."
    fi
}

install_postgresql() {
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && return
    skipped="the tests that grade into a PostgreSQL database will be skipped"
    may_install || {
        say "There is no PostgreSQL: $skipped. To have them run, install it (on Debian: sudo apt-get install postgresql)."
        return
    }
    say "Installing PostgreSQL for the tests that grade into it: a few seconds."
    apt_install postgresql || say "PostgreSQL could not be installed: $skipped."
}

install_bubblewrap() {
    bwrap --version >/dev/null 2>&1 && return
    how="submissions cannot be graded. To install it: sudo apt-get install bubblewrap libseccomp2"
    may_install || {
        say "There is no bubblewrap, so $how"
        return
    }
    say "Installing bubblewrap, in which submissions are graded: a few seconds."
    apt_install bubblewrap libseccomp2 || say "bubblewrap could not be installed, so $how"
}

[ -z "$for_grading" ] || install_bubblewrap
if ! is_whole; then
    [ ! -e .venv ] || say "Making .venv again, since the one here is incomplete or was made elsewhere."
    make_venv
    say "Installing the course's packages: 1 to 3 minutes, most of it for TensorFlow."
elif ! wanted | all_in "$stamp"; then
    say "Installing what is new in the course's packages: a few seconds, or a minute if much is to be fetched."
else
    exit 0
fi
install_packages
[ -z "$for_tests" ] || install_chromium
[ -z "$for_tests" ] || install_postgresql
[ -z "$for_tests" ] || .venv/bin/python tools/js.py install >>"$log" 2>&1 ||
    say "What checks the widgets' JavaScript could not be fetched from npm's registry (see $log): make test will stop there."
