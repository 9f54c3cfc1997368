"""Mistakes that no one wrote down are found from a solution alone, and named where nothing else could be meant."""

from __future__ import annotations

import ast
import json
import re

import numpy as np
import pytest
import synthetic
import verdicts
from classroom import ASSIGNMENTS, COURSE, judged, tables

from backprop.answers.attempt import Attempt
from backprop.answers.fingerprint import Seen, leaves, print_of
from backprop.answers.tables import CHECKS_FILE, load
from backprop.explain import needed
from backprop.explain.diagnose import diagnose
from backprop.explain.in_the_text import Text
from examiner.freezing.edits.found import apply, edits_of
from examiner.freezing.edits.places import World
from examiner.freezing.edits.words import KINDS
from examiner.freezing.freeze import freeze
from examiner.freezing.generated import world_of
from examiner.freezing.source import Source
from examiner.freezing.table_files import write

SLOPE = """def slope(a, y, m):
    error = (a - y) / m
    return np.sum(error * a, axis=1, keepdims=True)"""


def kinds(source: str = SLOPE) -> set[str]:
    return {edit.kind for edit in edits_of(source, World())}


def variants(kind: str, source: str = SLOPE) -> list[str]:
    return [apply(source, edit) for edit in edits_of(source, World()) if edit.kind == kind]


# --------------------------------------------------------------------------------------------------------- edits


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("difference-turned", "error = ((y - a)) / m"),
        ("divisor-missing", "error = (a - y)"),
        ("mean-for-sum", "np.mean(error * a, axis=1, keepdims=True)"),
        ("other-axis", "np.sum(error * a, axis=0, keepdims=True)"),
        ("keepdims-missing", "np.sum(error * a, axis=1)"),
    ],
)
def test_a_solution_is_edited_as_students_err(kind, line):
    plain = [variant.replace("(", "").replace(")", "").replace(" ", "") for variant in variants(kind)]
    assert any(line.replace("(", "").replace(")", "").replace(" ", "") in variant for variant in plain)


def test_every_kind_that_an_edit_can_have_has_words():
    for assignment in ASSIGNMENTS:
        for cell in Source.read(COURSE.notebook(assignment)).cells:
            if cell.role == "solution":
                assert {edit.kind for edit in edits_of(cell.source, World())} <= KINDS.keys()


def test_a_change_of_a_part_does_not_speak_of_the_whole():
    source = "def f(b):\n    w = 1 - np.sqrt(b)\n    return w"
    doubled = {(e.kind, e.what) for e in edits_of(source, World()) if apply(source, e).count("2 * np.sqrt(b)")}
    assert ("part-twice", "the one with `sqrt`") in doubled
    assert "value-twice" not in {kind for kind, _ in doubled}


def test_each_part_of_a_tuple_is_spoken_of_by_its_own_name():
    edits = edits_of("def f(p, q):\n    W, b = np.asarray(p), np.asarray(q)\n    return W + b", World())
    assert {edit.at for edit in edits if edit.kind == "value-first-only"} >= {"`W`", "`b`"}


def test_what_is_read_under_the_wrong_key_is_no_array_with_two_names():
    source = 'def f(p):\n    a, b = p["a"], p["b"]\n    return a * b'
    assert ("another-name", "`a` for `b`") in {(e.kind, e.what) for e in edits_of(source, World())}
    assert "one-array-for-both" not in kinds(source)


@pytest.mark.parametrize(
    ("kind", "source", "line"),
    [
        ("nothing-done", "def f(net):\n    net.a = 1\n    net.b = 2", "def f(net):\n    pass\n    pass"),
        ("scale-of-the-other", "def f(a):\n    p = np.random.randn(a, 2) / np.sqrt(2)\n"
         "    q = np.random.randn(1, a) / np.sqrt(a)", "q = (np.random.randn(1, a) / np.sqrt(2))"),
        ("last-left-out", "def f(a):\n    c = np.sum((a - 1) ** 2)\n    return c", "np.sum(((a - 1) ** 2)[..., :-1])"),
        ("last-unmoved", "def f(w, g):\n    v = w - 0.1 * g\n    return v",
         "np.concatenate([(w - 0.1 * g)[:-1], (w)[-1:]])"),
    ],
)  # fmt: skip
def test_loops_and_starts_go_wrong_in_their_own_ways(kind, source, line):
    plain = [re.sub(r"[() ]", "", variant) for variant in variants(kind, source)]
    assert any(re.sub(r"[() ]", "", line) in variant for variant in plain)


def test_two_edits_of_one_expression_can_be_made_together():
    turned = next(e for e in edits_of(SLOPE, World()) if e.kind == "difference-turned")
    undivided = next(e for e in edits_of(SLOPE, World()) if e.kind == "divisor-missing")
    assert not turned.meets(undivided)
    scope = {"np": np}
    exec(apply(SLOPE, turned, undivided), scope)
    a, y = np.array([[1.0, 2.0]]), np.array([[5.0, 7.0]])
    assert scope["slope"](a, y, 3.0) == np.sum((y - a) * a)


def test_edits_are_found_in_the_same_order_each_time():
    assert edits_of(SLOPE, World()) == edits_of(SLOPE, World())


def test_what_a_text_must_hold_is_said_of_kinds_that_there_are():
    plain = {kind.removeprefix("value-").removeprefix("part-") for kind in KINDS}
    assert needed.NEEDED.keys() <= plain
    assert {*needed.WITH_A_NAME, *needed.WITH_A_NUMBER} <= KINDS.keys()


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_an_answer_with_a_generated_mistake_holds_what_its_name_speaks_of(assignment):
    """Every third of them."""
    cells = Source.read(COURSE.notebook(assignment)).cells
    for cell in cells:
        if cell.role == "solution" and cell.only_defines:
            for edit in edits_of(cell.source, world_of(cells, cell.exercise))[::3]:
                changed = apply(cell.source, edit)
                assert Text(ast.parse(changed)).bears(edit.kind, edit.what), (edit.kind, edit.what, changed)


# --------------------------------------------------------------------------------------------------- fingerprints


def test_a_fingerprint_survives_noise_and_tells_a_neighbour_apart():
    value = np.random.RandomState(1).randn(4, 5)
    stored = print_of(value)
    assert Seen(value * (1 + 1e-9), value).fits("", stored)
    value[2, 3] += 1e-3
    assert not Seen(value, value).fits("", stored)


def test_a_value_of_another_shape_or_of_whole_numbers_has_another_fingerprint():
    value = np.array([1.0, 2.0])
    assert not Seen(np.array([[1.0, 2.0]]), value).fits("", print_of(value, value))
    assert not Seen(np.array([1, 2]), value).fits("", print_of(value, value))


def test_lists_of_lists_and_dictionaries_are_taken_apart():
    assert [path for path, _ in leaves({"a": [[1.0], [2.0, 3.0]], "b": (1, 2.0)})] == [".a:1,2", ".b[0]", ".b[1]"]


# ---------------------------------------------------------------------------------------- an assignment of one line


@pytest.fixture
def numbers(tmp_path):
    folder = tmp_path / "numbers"
    write(folder, freeze(Source.read(synthetic.write(folder))))
    return folder


def told(folder, value):
    found = load(folder)
    return diagnose(found.check("1"), Attempt(value), found.exercises)


def test_a_mistake_that_no_one_wrote_down_is_named(numbers):
    assert told(numbers, 5.0).misconception.startswith("plus-for-times")  # 2 + 3


def test_a_written_misconception_goes_before_a_generated_one(numbers):
    assert told(numbers, 1.5).misconception == "half"


def test_a_value_that_no_edit_gives_has_no_name(numbers):
    assert told(numbers, 123.456).misconception == ""


def test_a_right_value_is_no_mistake(numbers):
    assert told(numbers, 6.0).passed


def test_a_value_that_is_no_number_is_told_what_makes_one_and_no_slip_of_the_solution(numbers):
    assert told(numbers, float("nan")).misconception == "not-a-number"


# --------------------------------------------------------------------------------------------------- the real tables


def test_a_students_table_stays_small(assignment):
    assert (COURSE.source(assignment) / CHECKS_FILE).stat().st_size < 500_000


def test_every_stored_mistake_has_words_and_none_is_right(assignment):
    for check in tables(assignment).checks.values():
        if check.generated:
            assert all(parts for *_, parts in check.generated.rows)
            for id in sorted(check.generated.ids)[:50]:
                one, _, other = id.partition(" + ")
                assert all(sentence for each in filter(None, (one, other)) for sentence in check.generated.words(each))


def test_a_slip_that_gives_the_same_at_two_places_is_told_with_both():
    """Half of W and half of V give the same sums."""
    code = """def adder():
    network = NeuralNetwork()
    network.input_to_hidden_weights = [[1, 1], [-1, -1], [0, 0]]
    network.hidden_to_output_weights = [[0.5, -0.5, 0]]
    return network"""
    hint = judged("relu_network", {"11b": code}, {"11b"})["11b"][0].hint
    assert "In `input_to_hidden_weights` or `hidden_to_output_weights`, there is a factor ½ too many" in hint


def test_an_argument_that_is_replaced_says_more_than_that_nothing_was_done():
    code = """def random_start(network):
    network = NeuralNetwork()
    network.input_to_hidden_weights = np.random.randn(3, 2) / np.sqrt(2)
    network.hidden_to_output_weights = np.random.randn(1, 3) / np.sqrt(3)
    return network"""
    assert judged("relu_network", {"11": code}, {"11"})["11"][0].misconception == "argument-replaced"


DIVIDED = """def dCdb(w1, b1, x, y):
    return dCdw(w1, b1, x, y) / x if x else 0"""


def test_a_mistake_that_the_visible_check_would_have_shown_is_not_named_by_a_hidden_one():
    """With x = 0 this gives what the slope along w1 gives; but elsewhere it does not, and is right."""
    said = judged("one_neuron", {"6": DIVIDED}, {"6"})
    assert said["6"][0].passed
    failed = [one for some in said.values() for one in some if not one.passed]
    assert failed
    assert all(one.misconception != "link-of-the-weight" for one in failed)


ADDED_UP = """def predict(network, x1, x2):
    W, b, V = network.input_to_hidden_weights, network.biases, network.hidden_to_output_weights
    return forward(x1, x2, W, b, V)["u"].item()


def errors(network, pairs):
    total, result = 0, []
    for (x1, x2), y in pairs:
        total += abs(y - predict(network, x1, x2))
        result.append(total)
    return result


def passes(network, pairs, tolerance=0.15):
    return max(errors(network, pairs)) < tolerance"""


def test_a_yes_or_no_is_not_explained_by_itself_where_the_function_that_it_asks_is_wrong():
    told = judged("relu_network", {"6": ADDED_UP}, {"6"})["6"][0]
    assert told.misconception == "one-change-operation"
    assert "`total += abs(y - predict(network, x1, x2))`" in told.hint


SAMPLE = [pytest.param(*one, id=f"{one[0]}-{one[2]}-{one[3]}") for one in verdicts.answers(verdicts.SAMPLE)]


@pytest.mark.parametrize(("name", "right", "exercise", "label", "code"), SAMPLE)
def test_strangers_are_told_what_is_wrong_with_their_answers(name, right, exercise, label, code):
    one = verdicts.judge(name, right, exercise, label, code, verdicts.in_process)
    assert one.passed == right
    assert right or one.by in ("written", "generated", "pair", "change", "form", "line"), one.said


def test_the_sample_is_readable():
    assert {one.values[1] for one in SAMPLE} == {True, False}
    assert json.loads((verdicts.SAMPLE / "two_layer_network.json").read_text(encoding="utf-8"))
