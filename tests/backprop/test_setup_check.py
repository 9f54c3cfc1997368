"""Whatever is wrong with the set-up is told in one sentence with the command that helps, and nothing else is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from backprop import setup_check
from backprop.setup_check import NEEDED, Facts, Problem, problems

SOUND = Facts(
    python=(3, 12),
    environment="/course/.venv",
    versions={name: f"{major}.1.0" for name, major in NEEDED.items()} | {"tensorflow": "2.21.0"},
    folder="/course/my_work/numbers",
    course="/course",
    in_courses_environment=True,
)
MAKE_LAB = "make -C /course lab"


def without(*names: str, **versions: str) -> dict:
    """Return the versions of a sound environment, some missing, some others."""
    return SOUND.versions | dict.fromkeys(names) | versions


def only(facts: Facts) -> Problem:
    (problem,) = problems(facts)
    return problem


# ---------------------------------------------------------------------------------------------- judged as plain facts


def test_where_nothing_is_wrong_there_is_no_problem():
    assert problems(SOUND) == []


def test_old_python_is_named_with_the_one_that_is_needed():
    problem = only(replace(SOUND, python=(3, 10)))
    assert problem.sentence == "This is Python 3.10, and the course needs 3.11 or newer."
    assert problem.command == MAKE_LAB


@pytest.mark.parametrize("version", [(3, 11), (3, 13), (4, 0)])
def test_newer_python_is_welcome(version):
    assert problems(replace(SOUND, python=version)) == []


@pytest.mark.parametrize("name", NEEDED)
def test_each_package_that_is_missing_is_named(name):
    problem = only(replace(SOUND, versions=without(name)))
    assert f"{name} is missing" in problem.sentence
    assert problem.command == MAKE_LAB


def test_several_missing_packages_are_one_problem():
    assert "numpy, matplotlib and ipywidgets are missing." in only(
        replace(SOUND, versions=without("numpy", "matplotlib", "ipywidgets"))
    ).sentence  # fmt: skip


@pytest.mark.parametrize("version", ["1.26.4", "3.0.0rc1"])
def test_another_major_version_is_named_beside_the_pinned_one(version):
    problem = only(replace(SOUND, versions=without("matplotlib", numpy=version)))
    assert f"matplotlib is missing and numpy is version {version} instead of 2." in problem.sentence


@pytest.mark.parametrize("version", ["2.0.0", "2.99", ""])
def test_another_minor_version_and_one_that_is_not_told_are_welcome(version):
    assert problems(replace(SOUND, versions=without(numpy=version))) == []


def test_without_tensorflow_all_is_well_and_the_line_says_what_is_left_out():
    facts = replace(SOUND, versions=without("tensorflow"))
    assert problems(facts) == []
    text = setup_check.as_text([], facts)
    assert text.startswith("✓ Everything is ready")
    assert "TensorFlow is not installed" in text
    assert "TensorFlow is not installed" not in setup_check.as_text([], SOUND)


def test_another_kernel_than_jupyterlabs_is_told_as_soon_as_it_lacks_something():
    elsewhere = replace(SOUND, environment="/usr", in_courses_environment=False, other_server="/course/.venv")
    assert problems(elsewhere) == []  # whoever has all packages there may work there
    problem = only(replace(elsewhere, versions=without("matplotlib")))
    assert "not JupyterLab's own (/course/.venv)" in problem.sentence
    assert "/usr, and there matplotlib is missing" in problem.sentence
    assert "Change Kernel" in problem.command


def test_the_courses_own_kernel_is_never_called_the_wrong_one():
    facts = replace(SOUND, versions=without("matplotlib"), other_server="/opt/hub")
    assert only(facts).command == MAKE_LAB


def test_outside_of_the_courses_folder_packages_are_installed_from_the_notebook():
    facts = replace(SOUND, versions=without("matplotlib", "anywidget"), course="", in_courses_environment=False)
    assert only(facts).command == '%pip install "matplotlib>=3,<4" "anywidget>=0,<1"'


@pytest.mark.parametrize(("tables", "words"), [("missing", "is not in"), ("damaged", "cannot be read")])
def test_tables_that_cannot_be_read_are_copied_from_the_release_where_that_is_known(tables, words):
    lost = replace(SOUND, tables=tables, folder="/home/ada/my work")
    assert words in only(lost).sentence
    assert "/home/ada/my work" in only(lost).sentence
    assert only(lost).command == MAKE_LAB
    known = replace(lost, release="/course/release/numbers")
    assert only(known).command == "cp /course/release/numbers/checks.json '/home/ada/my work'/"
    assert only(replace(lost, course="")).command == "make lab"


def test_a_read_only_folder_is_opened_for_its_owner_and_copied_by_anybody_else():
    facts = replace(SOUND, writable=False)
    assert "Nothing can be saved in /course/my_work/numbers" in only(facts).sentence
    assert only(facts).command == "chmod -R u+w /course/my_work/numbers"
    assert only(replace(facts, owned=False)).command == (
        "cp -r /course/my_work/numbers ~/numbers && chmod -R u+w ~/numbers"
    )


def test_several_problems_are_told_together_the_gravest_first():
    facts = replace(SOUND, python=(3, 9), versions=without("matplotlib"), tables="missing", writable=False)
    found = problems(facts)
    assert [problem.sentence.split()[0] for problem in found] == ["This", "In", "checks.json", "Nothing"]
    text, html = setup_check.as_text(found, facts), setup_check.as_html(found, facts)
    assert "4 things to put right" in text.splitlines()[0]
    for problem in found:
        assert problem.sentence in text
        assert problem.command in text
        assert problem.command in html


def test_each_problem_is_one_sentence():
    facts = replace(SOUND, python=(3, 9), versions=without("matplotlib"), tables="missing", writable=False)
    kernel = replace(facts, environment="/usr", in_courses_environment=False, other_server="/opt/hub")
    for problem in [*problems(facts), *problems(kernel)]:
        assert problem.sentence.endswith(".")
        assert ". " not in problem.sentence


def test_a_folder_with_an_odd_name_is_no_html():
    facts = replace(SOUND, tables="missing", folder="/home/<b>")
    assert "<b>" not in setup_check.as_html(problems(facts), facts)


def test_the_versions_that_are_needed_are_those_that_are_pinned(course_root):
    text = (course_root / "requirements.txt").read_text(encoding="utf-8")
    for name, major in NEEDED.items():
        assert re.search(rf"^{re.escape(name)}=={major}\.", text, re.MULTILINE), name
    project = tomllib.loads((course_root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=" + ".".join(map(str, setup_check.PYTHON))


# ------------------------------------------------------------------------------------------------- made real


@pytest.fixture
def here(course_root, tmp_path) -> Path:
    """A folder such as a student works in: a notebook and its tables."""
    release = next(path.parent for path in sorted((course_root / "release").glob("*/checks.json")))
    return Path(shutil.copytree(release, tmp_path / release.name))


@pytest.fixture
def said(course_root):
    """Run `check_setup()` in a Python of its own and a folder, `before` first, and return what it says."""

    def said(folder: Path, before: str = "", **env: str) -> str:
        code = (
            f"import sys\nsys.path.insert(0, {str(course_root)!r})\n{before}\nimport backprop\nbackprop.check_setup()"
        )
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("JPY_")}
        ran = subprocess.run(
            [sys.executable, "-c", code],
            cwd=folder, env=inherited | env, capture_output=True, text=True, encoding="utf-8", timeout=60,
        )  # fmt: skip
        assert (ran.returncode, ran.stderr) == (0, "")
        return ran.stdout

    return said


def test_in_a_sound_environment_there_is_one_green_line_and_no_false_alarm(here, said):
    text = said(here)
    assert text.startswith("✓ Everything is ready: Python 3.")
    assert text.count("\n") == 1
    assert "✗" not in text


@pytest.mark.parametrize("name", [name for name in NEEDED if name != "numpy"])  # this package needs numpy itself
def test_a_package_that_cannot_be_imported_is_named(here, said, name):
    text = said(here, f"sys.modules[{name!r}] = None")
    assert f"{name} is missing" in text
    assert "lab\n" in text


def test_tensorflow_that_cannot_be_imported_is_no_problem(here, said):
    text = said(here, "sys.modules['tensorflow'] = None")
    assert text.startswith("✓")
    assert "TensorFlow is not installed" in text


def test_an_old_numpy_is_named(here, said, tmp_path):
    (tmp_path / "old" / "numpy-1.26.4.dist-info").mkdir(parents=True)
    (tmp_path / "old" / "numpy-1.26.4.dist-info" / "METADATA").write_text("Name: numpy\nVersion: 1.26.4\n")
    assert "numpy is version 1.26.4 instead of 2." in said(here, PYTHONPATH=str(tmp_path / "old"))


def test_another_folder_is_named_and_the_tables_of_this_very_notebook_are_offered(
    here, said, tmp_path, course_root
):  # fmt: skip
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    text = said(elsewhere)
    assert f"checks.json is not in {elsewhere}" in text
    assert f"make -C {course_root} lab" in text
    text = said(elsewhere, JPY_SESSION_NAME=str(elsewhere / f"{here.name}.ipynb"))
    command = text.splitlines()[-1].strip()
    assert command.startswith("cp ")
    subprocess.run(["sh", "-c", command], check=True)  # the command that is told does repair it
    assert said(elsewhere).startswith("✓")


def test_a_damaged_table_is_named(here, said):
    (here / "checks.json").write_text("{", encoding="utf-8")
    assert "cannot be read" in said(here)


def test_a_read_only_folder_is_named_and_the_command_opens_it(here, said):
    here.chmod(0o555)
    if os.access(here, os.W_OK):
        here.chmod(0o755)
        pytest.skip("nothing is read-only for this user")
    text = said(here)
    assert f"Nothing can be saved in {here}" in text
    subprocess.run(["sh", "-c", text.splitlines()[-1].strip()], check=True)
    assert said(here).startswith("✓")


def test_what_cannot_be_written_into_is_a_fact_of_the_folder_and_of_its_notebooks(here, monkeypatch):
    monkeypatch.chdir(here)
    assert setup_check.facts_here().writable
    notebook = next(here.glob("*.ipynb"))
    for locked in (here, notebook):
        monkeypatch.setattr(os, "access", lambda path, mode, locked=locked: Path(path) != locked)
        assert not setup_check.facts_here().writable


def test_the_environment_of_the_process_that_started_the_kernel_is_found_out(monkeypatch, tmp_path):
    other = tmp_path / "other"
    (other / "bin").mkdir(parents=True)
    (other / "bin" / "python").symlink_to(sys.executable)
    for python, found in ((other / "bin" / "python", str(other)), (sys.executable, "")):
        server = subprocess.Popen([python, "-c", "input()"], stdin=subprocess.PIPE)
        monkeypatch.setenv("JPY_PARENT_PID", str(server.pid))
        try:
            assert setup_check.facts_here().other_server == found
        finally:
            server.communicate(b"\n")


def test_in_a_notebook_it_is_shown_as_text_and_as_html(here, said):
    shell = "from IPython.core.interactiveshell import InteractiveShell\nInteractiveShell.instance()"
    show = "import IPython.display\nIPython.display.display = lambda data, raw: print(sorted(data), data['text/html'])"
    text = said(here, f"{shell}\n{show}")
    assert "['text/html', 'text/plain']" in text
    assert "jp-success-color1" in text
