"""Drive a real JupyterLab in headless Chromium, as a student would.

It answers one question: what does a student see when they open, edit, run and validate this notebook? It knows
nothing of exercises or of what a right answer is. Here is the server; a notebook that it opens is in `lab_notebook`.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
from lab_notebook import LabError, Notebook

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM_FLAGS = [
    "--no-sandbox",  # containers and CI runners refuse the sandbox; only our own server is ever visited
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # a test that needs the network fails, everywhere alike
]
VIEWPORT = {"width": 1280, "height": 900}

SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "application-extension/shell": {"startMode": "single"},
    # With windowing, a cell out of view need not be in the page at all.
    "notebook-extension/tracker": {"windowingMode": "none"},
}

# What a student's shell would not set. MPLBACKEND, for one, would keep figures from appearing under their cell.
FOREIGN_VARIABLES = ("JUPYTER", "JPY_", "IPYTHON", "PYTEST", "MPLBACKEND")


def find_chromium() -> str | None:
    """Return the path of an installed Chromium or Chrome, or None."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Lab:
    """A JupyterLab server of its own over `root_dir`, and the notebooks open in it.

    Settings, kernels' connection files, IPython profile and workspaces live in a temporary folder; extensions and
    kernels are those of the environment that runs the tests. `env` is added to what the kernels see, e.g. `PYTHONPATH`.
    """

    def __init__(
        self, root_dir: str | Path, browser: Browser | None, port: int = 0, env: Mapping[str, str] | None = None
    ):
        self.root = Path(root_dir).resolve()
        self.browser = browser
        self.token = secrets.token_hex(16)
        self.notebooks: list[Notebook] = []
        self._home = Path(tempfile.mkdtemp(prefix="lab-"))
        self._runtime = self._home / "runtime"
        self._log = self._home / "server.log"
        for name, values in SETTINGS.items():
            file = self._home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(values))
        self._server = self._start(port, env or {})
        try:
            self.url = self._wait_until_up(timeout=90)
        except BaseException:
            self.stop()
            raise

    def _start(self, port: int, env: Mapping[str, str]) -> subprocess.Popen:
        command = [
            *(sys.executable, "-P", "-m", "jupyterlab"),  # -P: a student's random.py must not shadow the server's
            *("--allow-root", "--no-browser", "--expose-app-in-browser"),
            *("--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"),
            f"--IdentityProvider.token={self.token}",
            f"--ServerApp.root_dir={self.root}",
            "--LabApp.extension_manager=readonly",  # the other one asks the package index
        ]
        with self._log.open("wb") as log:
            return subprocess.Popen(
                command,
                cwd=self.root,
                env=self._environment(env),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _environment(self, extra: Mapping[str, str]) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(FOREIGN_VARIABLES)}
        return {
            **inherited,
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
            "JUPYTER_CONFIG_DIR": str(self._home / "config"),
            "JUPYTER_DATA_DIR": str(self._home / "data"),
            "JUPYTER_RUNTIME_DIR": str(self._runtime),
            "JUPYTERLAB_SETTINGS_DIR": str(self._home / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(self._home / "workspaces"),
            "IPYTHONDIR": str(self._home / "ipython"),
            **extra,
        }

    def _wait_until_up(self, timeout: float) -> str:
        # With --port=0 the server takes a free port and writes it down; no port can be lost to another process.
        written_down = self._runtime / f"jpserver-{self._server.pid}.json"
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if self._server.poll() is not None:
                raise LabError(f"JupyterLab ended with code {self._server.returncode}.\n{self.log_tail()}")
            try:
                self.url = json.loads(written_down.read_text())["url"].rstrip("/")
                self.request("GET", "/api/status")
                return self.url
            except (OSError, ValueError):  # not written yet, half written, or not listening yet
                time.sleep(0.05)
        raise LabError(f"JupyterLab did not answer within {timeout:g} s.\n{self.log_tail()}")

    def request(self, method: str, path: str) -> Any:
        """Call the server's REST interface and return the decoded answer, or None for an empty one."""
        request = urllib.request.Request(self.url + path, method=method)
        request.add_header("Authorization", f"token {self.token}")
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(request, timeout=30) as answer:
            body = answer.read()
        return json.loads(body) if body else None

    def open(self, path: str, timeout: float = 90) -> Notebook:
        """Open a notebook, given relative to the root, with a new kernel, and wait until that is idle."""
        if not (self.root / path).is_file():
            raise FileNotFoundError(f"There is no {path} in {self.root}.")
        for notebook in [n for n in self.notebooks if n.path == path]:
            notebook.close()
        self.end_sessions(path)
        context = self.browser.new_context(viewport=VIEWPORT)
        context.set_default_timeout(90_000)  # milliseconds; a busy machine is slow, not wrong
        notebook = Notebook(self, context.new_page(), path)
        self.notebooks.append(notebook)
        try:
            notebook._load(timeout)
        except BaseException:
            notebook.close()
            raise
        return notebook

    def end_sessions(self, path: str) -> None:
        """End the kernels that belong to the notebook at `path`."""
        for session in self.request("GET", "/api/sessions"):
            if session["path"] == path:
                self.request("DELETE", f"/api/sessions/{session['id']}")

    def log_tail(self, lines: int = 15) -> str:
        """Return the last lines of the server's log."""
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-lines:])

    def stop(self) -> None:
        """Close the pages, end the server and every process it started, and remove its temporary folder."""
        try:
            for notebook in list(self.notebooks):
                notebook._close_page()
        finally:  # even where the browser has crashed
            self._end_processes()
            shutil.rmtree(self._home, ignore_errors=True)

    def _end_processes(self) -> None:
        offspring = self._offspring()
        self._server.terminate()  # a clean end of the server ends the kernels too
        try:
            self._server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        for process in psutil.wait_procs(offspring, timeout=5)[1]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()

    def _offspring(self) -> list[psutil.Process]:
        """Find what the server started: its descendants, and kernels that have outlived a crashed server."""
        found = set()
        if self._server.poll() is None:
            found.update(psutil.Process(self._server.pid).children(recursive=True))
        for process in psutil.process_iter():
            try:
                if process.environ().get("JUPYTER_RUNTIME_DIR") == str(self._runtime):
                    found.add(process)
            except (psutil.Error, OSError):  # gone meanwhile, or another user's
                continue
        return [p for p in found if p.pid != self._server.pid]

    def __enter__(self) -> Lab:
        return self

    def __exit__(self, *_) -> None:
        self.stop()
