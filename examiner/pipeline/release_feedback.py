"""nbgrader's release_feedback, which ends at the first submission that did not come through the exchange.

Such a one lacks the secret under which a page is released. It gets one, so that the pages of all others are released.
"""

from __future__ import annotations

import glob
import os
import secrets
from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback

from .odd_paths import matching

SECRET, STAMP = "submission_secret.txt", "timestamp.txt"


class ReleaseFeedback(ExchangeReleaseFeedback):
    """Releases every page that there is."""

    src_path: str  # a pattern for the folders of feedback

    def init_src(self) -> None:
        super().init_src()
        folders = matching(self.coursedir.root, self.src_path)
        for folder in folders:
            self._complete(Path(folder))
        if folders == [self.src_path]:
            self.src_path = glob.escape(self.src_path)
        elif self.src_path.startswith(self.coursedir.root):
            root = self.coursedir.root
            self.src_path = glob.escape(root) + self.src_path.removeprefix(root)

    def _complete(self, folder: Path) -> None:
        """Put into a folder of feedback what nbgrader reads there, where it is missing or no text."""
        if not os.access(folder, os.W_OK) or not folder.is_dir():
            return
        for name, text in ((SECRET, secrets.token_urlsafe(32)), (STAMP, "")):
            try:
                (folder / name).read_text(encoding="utf-8")
            except FileNotFoundError:
                (folder / name).write_text(text, encoding="utf-8")
                if name == SECRET:
                    self.log.warning("%s was not handed in through the exchange: send its page yourself.", folder)
            except (OSError, UnicodeError) as error:
                self.log.warning("Not released: %s: %s", folder, error)
