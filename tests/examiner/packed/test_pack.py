"""`examiner pack`: run as Gradescope and PrairieLearn run it, and attacked."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import zipfile

import pytest
from container import ROOT, Container
from nbformat.v4 import new_code_cell
from tinycourse import RIGHT, cell_of

from examiner import cli
from examiner.commands import pack
from examiner.packed import formats
from examiner.packed.grading import Graded, Judged
from examiner.sandbox import launch

pytestmark = pytest.mark.slow
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can run students' code as another user")
WRONG = "def double(x):\n    return x / 2"
# What can be read ends up in the message of an error, which the visible check shows.
READS_AND_FORGES = """
import glob, json, os, time
READ = []

def write():
    for place in ("/autograder/results", "/autograder"):
        for name in ("results.json", ".results.json"):
            try:
                with open(f"{place}/{name}", "w") as file:
                    json.dump({"score": 100, "tests": []}, file)
                READ.append(place)
            except OSError:
                pass

write()
tries = ["/autograder/source/course/gradebook.db", "/autograder/results", *glob.glob("/autograder/**", recursive=True)]
tries += [f"/proc/{number}/{part}" for number in os.listdir("/proc") if number.isdigit() for part in ("environ", "mem")
          if os.stat(f"/proc/{number}").st_uid != os.getuid()]
tries += glob.glob("/tmp/examiner-*")  # what the grader has put aside
for path in tries:
    try:
        os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1)
        READ.append(path)
    except OSError:
        pass
print(json.dumps({"score": 100, "tests": [{"name": "forged", "score": 100, "max_score": 100}]}))
if os.fork() == 0:  # it waits for the results to be written
    os.setsid()
    while True:
        write()
        time.sleep(0.01)

def double(x):
    raise ValueError(f"READ {READ}")
"""
CELLS = ("judges/check_patched", "judges/forged_verdict", "judges/builtins", "processes/kill_everyone")


@pytest.fixture(scope="module")
def packs(tiny, tmp_path_factory):
    """Both packs, made once, with wheels that nobody installs in these tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pack, "build_wheel", lambda folder, tables: (folder / "students.whl").write_bytes(b"x"))
        patch.setattr(pack, "build_examiner", lambda folder: (folder / "examiner.whl").write_bytes(b"x"))
        for kind in pack.KINDS:
            assert cli.main(["--course", str(tiny.root), "pack", "numbers", "--for", kind]) == 0
    return {kind: tiny.root / "build" / "pack" / f"numbers-{kind}.zip" for kind in pack.KINDS}


def notebook(course, answer: str, *cells: str) -> bytes:
    nb = course.released()
    cell_of(nb, "exercise-1").source = answer
    nb.cells += [new_code_cell(cell, id=f"attack-{number}") for number, cell in enumerate(cells)]
    return json.dumps(nb).encode()


def attack(name: str) -> str:
    said = runpy.run_path(str(ROOT / "tests" / "redteam" / "attacks" / f"{name}.py"))
    return said.get("cell") or next(iter(said["cells"].values()))


def test_a_pack_has_the_form_that_is_published(packs):
    with zipfile.ZipFile(packs["gradescope"]) as archive:
        names = set(archive.namelist())
        modes = {info.filename: info.external_attr >> 16 & 0o777 for info in archive.infolist()}
        pins = archive.read("requirements.txt").decode()
    assert {"setup.sh", "run_autograder", "requirements.txt", "course/gradebook.db"} <= names
    assert modes["setup.sh"] == modes["run_autograder"] == 0o755
    assert "numpy==" in pins
    assert "tensorflow" not in pins
    with zipfile.ZipFile(packs["prairielearn"]) as archive:
        info = json.loads(archive.read("questions/numbers/info.json"))
        html = archive.read("questions/numbers/question.html").decode()
        inside = [name for name in archive.namelist() if name.startswith("image/")]
    assert info["externalGradingOptions"]["entrypoint"] == "/grade/tests/run.sh"
    assert info["gradingMethod"] == "External"
    assert 'file-names="numbers.ipynb"' in html
    assert not [name for name in inside if "course/" in name]  # an image may be public


@pytest.mark.parametrize("script", sorted(path.name for path in pack.FILES.glob("*/*") if path.suffix in ("", ".sh")))
def test_scripts_are_whole(script):
    (path,) = pack.FILES.glob(f"*/{script}")
    if script != "Dockerfile":
        subprocess.run(["bash", "-n", path], check=True)


@needs_root
def test_gradescope_gives_the_points_and_says_what_the_wall_is(packs, tiny, tmp_path):
    box = Container.lay("gradescope", packs["gradescope"], tmp_path, notebook(tiny, RIGHT))
    code, found, said = box.run(no_sandbox=True)
    assert code == 0, said
    assert [(test["score"], test["max_score"], test["visibility"], test["status"]) for test in found["tests"]] == [
        (40, 40, "visible", "passed"),
        (60, 60, "after_published", "passed"),
    ]
    assert "Only the container separates the code" in found["output"]
    assert found["stdout_visibility"] == "hidden"
    assert "score" not in found  # Gradescope adds up, and shows no sum while a test is hidden


@needs_root
def test_results_are_not_forged_and_nothing_is_read(packs, tiny, tmp_path):
    box = Container.lay("gradescope", packs["gradescope"], tmp_path, notebook(tiny, READS_AND_FORGES))
    code, found, said = box.run(no_sandbox=True)
    assert code == 0, said
    assert [test["score"] for test in found["tests"]] == [0, 0]
    visible, hidden = (test["output"] for test in found["tests"])
    assert "READ []" in visible
    assert hidden == formats.NO_DETAILS


@needs_root
def test_attacks_on_the_score_from_the_red_team_earn_nothing(packs, tiny, tmp_path):
    first = notebook(tiny, WRONG, *map(attack, CELLS))
    box = Container.lay("gradescope", packs["gradescope"], tmp_path, first)
    code, found, said = box.run(no_sandbox=True)
    assert code == 0, said
    assert [test["score"] for test in found["tests"]] == [0, 0]


def test_prairielearn_gets_a_share_and_says_nothing_of_hidden_tests(packs, tiny, tmp_path):
    if os.geteuid() != 0 and launch.missing():
        pytest.skip(launch.missing())
    box = Container.lay("prairielearn", packs["prairielearn"], tmp_path, notebook(tiny, WRONG))
    code, found, said = box.run(no_sandbox=False)
    assert code == 0, said
    assert (found["gradable"], found["score"]) == (True, 0.0)
    assert [(test["points"], test["max_points"]) for test in found["tests"]] == [(0, 40), (0, 60)]
    assert "Not half." in found["tests"][0]["output"]
    assert found["tests"][1]["output"] == formats.NO_DETAILS


def test_without_any_wall_there_is_no_score(packs, tiny, tmp_path):
    box = Container.lay("prairielearn", packs["prairielearn"], tmp_path, notebook(tiny, RIGHT))
    code, found, said = box.run(no_sandbox=True, as_root=False)
    assert code == 1
    assert found["gradable"] is False
    assert "score" not in found
    assert "Nothing is graded" in said


def test_what_cannot_be_read_costs_no_attempt_and_marks_by_hand_are_left_out():
    assert formats.prairielearn(Graded([], ["no notebook"], readable=False), "wall") == {
        "gradable": False,
        "format_errors": ["no notebook"],
    }
    graded = Graded([Judged("a", 1.0, 2.0), Judged("b", None, 8.0), Judged("Extra credit", 5.0, 0.0)], [])
    assert formats.prairielearn(graded, "wall")["score"] == 1.0
    assert "score" not in formats.gradescope(graded, "wall")["tests"][1]
