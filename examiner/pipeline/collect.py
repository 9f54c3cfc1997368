"""nbgrader's collect, for an exchange in which students can put what they like: a link is taken along as a link.

nbgrader copies what a link points at, with the rights of the instructor who collects: the solved notebook, or what
another student handed in. It also ends, with all who come later still to be collected, at the first file that it cannot
copy. Here what cannot be copied is left out with a warning; what is a link, `intake` then names to the student.
"""

from __future__ import annotations

import os
import stat
from datetime import datetime
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import ignore_patterns

from .. import regular_files

DEEPEST = 16  # folders within folders: more than intake looks into
KB = 1000
NOBODY = ("", ".", "..")  # names of which two would lead out of submitted/


class Collect(ExchangeCollect):
    """Collects submissions without following a link out of them."""

    def init_src(self) -> None:
        """Find the submissions; those whose names nbgrader cannot read are left where they are."""
        super().init_src()
        self.src_records: list[dict] = [record for record in self.src_records if record["username"] not in NOBODY]

    def _path_to_record(self, path: str) -> dict:
        try:
            return super()._path_to_record(path)
        except Exception as error:  # dateutil raises many kinds, and nbgrader would end with any of them
            self.log.warning("Left out: %s: %s", Path(path).name, error)
            return {"username": "", "filename": Path(path).name, "timestamp": datetime.min}

    def do_copy(self, src, dest, log=None) -> None:
        """Copy the folder of one submission, as far as it can be copied, within the limits of the course."""
        dest = Path(dest)
        dest.mkdir(parents=True)
        if os.path.islink(src):
            os.symlink(os.readlink(src), dest / Path(src).name)
        self.room = KB * self.coursedir.max_dir_size
        # fwalk holds on to the folders that it has opened: none can be changed for a link meanwhile.
        for folder, folders, files, opened in os.fwalk(src, onerror=self._left_out):
            there = dest / os.path.relpath(folder, src)
            ignored = self._ignored(folder, [*folders, *files])
            for name in [name for name in (*folders, *files) if name not in ignored]:
                try:
                    self._copy(name, opened, there / name)
                except OSError as error:
                    self._left_out(error)
            deep = len(there.relative_to(dest).parts) >= DEEPEST
            folders[:] = [] if deep else [name for name in folders if name not in ignored]
        if self.coursedir.groupshared:
            _share(dest)

    def _ignored(self, folder: str, names: list[str]) -> list[str]:
        limits = self.coursedir
        return ignore_patterns(limits.ignore, limits.include, limits.max_file_size, self.log)(folder, names)

    def _copy(self, name: str, opened: int, to: Path) -> None:
        """Copy one entry of the folder with the descriptor `opened`; of a folder, only itself."""
        kind = os.stat(name, dir_fd=opened, follow_symlinks=False).st_mode
        if stat.S_ISDIR(kind):
            to.mkdir()
        elif stat.S_ISLNK(kind):
            os.symlink(os.readlink(name, dir_fd=opened), to)
        else:
            self._copy_file(name, opened, to)

    def _copy_file(self, name: str, opened: int, to: Path) -> None:
        with regular_files.opened(name, opened) as (file, found):
            if found.st_size > self.room:
                raise OSError(f"{to.name} is too large: the limit is {self.coursedir.max_dir_size} kB a submission")
            self.room -= found.st_size
            to.write_bytes(file.read(found.st_size))  # no more, should it grow meanwhile
        os.utime(to, (found.st_mtime, found.st_mtime))  # of several notebooks, the newest is graded

    def _left_out(self, error: OSError) -> None:
        self.log.warning("Left out: %s", error)


def _share(folder: Path) -> None:
    """Let the group of a course that several people grade read and write, as nbgrader does."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o2770 if path.is_dir() else 0o660))
