"""A directory laid out as that of Gradescope or PrairieLearn, in as much of a container as bubblewrap is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 250


@dataclass(frozen=True)
class Container:
    """One submission beside a pack, and where the run wants them."""

    folder: Path
    place: str  # inside
    program: str
    submission: str

    @classmethod
    def lay(cls, kind: str, pack: Path, folder: Path, notebook: bytes) -> Container:
        """Lay out a pack and a notebook in a new folder."""
        unpacked = folder / "pack"
        with zipfile.ZipFile(pack) as archive:
            archive.extractall(unpacked)
        made = folder / "root"
        (made / "results").mkdir(parents=True)
        if kind == "gradescope":
            shutil.copytree(unpacked, made / "source")
            one = cls(made, "/autograder", "source/run_autograder", "submission")
        else:
            shutil.copytree(unpacked / "questions" / "numbers" / "tests", made / "tests")
            one = cls(made, "/grade", "tests/run.sh", "student")
        for path in made.rglob("*"):
            path.chmod(0o777)  # nothing is closed by itself
        (made / one.submission).mkdir()
        (made / one.submission / "numbers.ipynb").write_bytes(notebook)
        return one

    def run(self, no_sandbox: bool, as_root: bool = True) -> tuple[int, dict | None, str]:
        """Run the pack, and return its exit code, the results, and what it printed."""
        box = ["bwrap", "--tmpfs", "/", "--ro-bind", "/usr", "/usr", "--ro-bind", "/etc", "/etc", "--dev", "/dev"]
        for name in ("bin", "sbin", "lib", "lib64"):
            box += ["--symlink", f"usr/{name}", f"/{name}"]
        for path in dict.fromkeys(map(os.path.realpath, (ROOT, sys.base_prefix, sys.prefix))):
            for above in reversed(Path(path).parents):  # which may be closed out here: /root, say
                box += ["--perms", "0755", "--dir", str(above)] if len(above.parts) > 1 else []
            box += ["--ro-bind", str(path), str(path)]
        box += ["--proc", "/proc", "--tmpfs", "/tmp", "--chmod", "1777", "/tmp", "--bind", str(self.folder), self.place]
        box += ["--unshare-pid", "--unshare-net", "--die-with-parent", "--chdir", self.place, "--clearenv"]
        box += ["--cap-add", "ALL"] if as_root else ["--cap-drop", "ALL"]
        settings = {
            "PATH": "/usr/bin:/bin",
            "HOME": "/tmp",
            "MPLCONFIGDIR": str(ROOT / "build" / "matplotlib"),
            "BACKPROP_DATA": "digits",
            "EXAMINER_PYTHON": sys.executable,
            **({"EXAMINER_NO_SANDBOX": "1"} if no_sandbox else {}),
        }
        for name, value in settings.items():
            box += ["--setenv", name, value]
        done = subprocess.run(
            [*box, "sh", f"{self.place}/{self.program}"], capture_output=True, text=True, timeout=SECONDS, check=False
        )
        path = self.folder / "results" / "results.json"
        found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
        return done.returncode, found, done.stdout + done.stderr
