"""The configurations in deploy/ are whole, and fit each other."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from traitlets.config import Config, PyFileConfigLoader

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
TLJH_URL = "http://127.0.0.1:10101/services/ngshare"


def read(name: str) -> dict:
    return yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))


def loaded(path: Path, before: Config | None = None) -> Config:
    """Return what a file of settings sets."""
    found = before or Config()
    exec(
        compile(path.read_text(encoding="utf-8"), str(path), "exec"),
        {"get_config": lambda: found, "__file__": str(path)},
    )
    return found


@pytest.fixture
def exchange(monkeypatch) -> list[str]:
    """The addresses that a stand-in for ngshare's exchange was told."""
    told: list[str] = []
    module = ModuleType("ngshare_exchange")
    module.configureExchange = lambda c, url: told.append(url)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "ngshare_exchange", module)
    monkeypatch.delenv("EXAMINER_NGSHARE", raising=False)
    return told


@pytest.mark.parametrize("path", sorted(DEPLOY.rglob("*.yaml")), ids=lambda path: path.name)
def test_yaml_is_whole(path):
    assert yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(DEPLOY.rglob("*.py")), ids=lambda path: path.name)
def test_python_is_whole_and_says_where_it_belongs(path):
    assert "/" in (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "")


def test_the_littlest_hub_lets_servers_to_the_exchange(exchange):
    before = Config()
    before.JupyterHub.services = []
    hub = loaded(DEPLOY / "tljh" / "ngshare.py", before)
    (service,) = hub.JupyterHub.services
    assert hub.Spawner.environment["EXAMINER_NGSHARE"] == f"{service['url']}/services/{service['name']}" == TLJH_URL
    for role in hub.JupyterHub.load_roles:
        assert f"access:services!service={service['name']}" in role["scopes"]
    (admin,) = read("tljh/config.yaml")["users"]["admin"]
    assert admin in service["command"]


def test_on_kubernetes_hub_and_exchange_agree():
    hub, share = read("z2jh/config.yaml"), read("z2jh/ngshare.yaml")
    service = hub["hub"]["services"]["ngshare"]
    assert service["api_token"] == share["ngshare"]["hub_api_token"]
    assert hub["singleuser"]["extraEnv"]["EXAMINER_NGSHARE"] == f"{service['url']}/services/ngshare"
    assert hub["hub"]["config"]["Authenticator"]["admin_users"] == share["ngshare"]["admins"]
    for role in hub["hub"]["loadRoles"].values():
        assert "access:services!service=ngshare" in role["scopes"]


def test_both_hubs_sign_in_by_the_same_authenticator():
    kubernetes = read("z2jh/config.yaml")["hub"]["config"]
    littlest = loaded(DEPLOY / "tljh" / "lti.py")
    assert littlest.JupyterHub.authenticator_class == kubernetes["JupyterHub"]["authenticator_class"]
    assert set(littlest.LTI13Authenticator) == set(kubernetes["LTI13Authenticator"])


def test_a_server_of_the_hub_takes_ngshare_for_its_exchange(exchange, monkeypatch):
    loaded(DEPLOY / "nbgrader_config.py")
    monkeypatch.setenv("EXAMINER_NGSHARE", "http://ngshare:8080/services/ngshare")
    config = loaded(DEPLOY / "nbgrader_config.py")
    assert exchange == [TLJH_URL, "http://ngshare:8080/services/ngshare"]
    assert config.CourseDirectory.course_id == "*"


def test_so_does_the_course_and_only_there(exchange, monkeypatch):
    PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    assert exchange == []
    monkeypatch.setenv("EXAMINER_NGSHARE", TLJH_URL)
    PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    assert exchange == [TLJH_URL]


def test_the_image_holds_what_students_get_and_nothing_else():
    text = (DEPLOY / "z2jh" / "Dockerfile").read_text(encoding="utf-8")
    copied = [line.split()[1:-1] for line in text.splitlines() if line.startswith("COPY")]
    assert all(path.startswith(("build/bundle/course/", "deploy/")) for some in copied for path in some)
