"""Each small change to a line undoes one slip, and leaves the rest of the source as it is."""

from __future__ import annotations

import ast

import pytest

from backprop.answers.small_changes.candidates import MOST, OneChange, candidates, moved


def changes(line: str, *before: str, after: tuple[str, ...] = ()) -> dict[OneChange, list[str]]:
    """Return the changes to a line of a function, each with what the line becomes."""
    inner = "    " if line.endswith(":") else ""
    lines = ["def f(x, y, W1, W2):", *(f"    {one}" for one in (*before, line, *after, f"{inner}return z"))]
    source, number = "\n".join(lines), 2 + len(before)
    found: dict[OneChange, list[str]] = {}
    for change, new in (*candidates(source, number), *moved(source, number)):
        ast.parse(new)
        found.setdefault(change._replace(line=0), []).append(new)
    return found


def kinds(source: str, line: int) -> set[str]:
    return {change.kind for change, _ in (*candidates(source, line), *moved(source, line))}


def test_an_inequality_is_not_replaced_by_what_only_leaves_a_branch_out():
    found = (new for change, some in changes("z = x >= 0").items() if change.kind == "comparison" for new in some)
    made = {new.split("\n")[1].strip() for new in found}
    assert made == {"z = ((x) < (0))", "z = ((x) <= (0))", "z = ((x) > (0))"}


def test_a_part_that_a_line_has_twice_is_told_with_what_is_around_it():
    made = changes("z[x - 1] = y[x - 1] * x").items()
    told = {(change.part, change.around, new[0].split("\n")[1]) for change, new in made}
    assert ("- 1", "z[x - 1]", "    z[(x)] = y[x - 1] * x") in told
    assert ("- 1", "y[x - 1]", "    z[x - 1] = y[(x)] * x") in told


def test_no_change_leaves_a_loop_that_does_the_same_in_each_round():
    sums = "def f(x):\n    for i in range(3):\n        z = g(x[i])\n    return z"
    assert "part only" not in kinds(sums, 3)
    assert "part only" in kinds(sums.replace("x[i]", "x[i] * i"), 3)
    again = "def f(x):\n    a = x.w\n    for i in range(3):\n        a = x.w\n        x.w = a - g(a)\n    return x"
    assert "line too much" not in kinds(again, 4)
    walk = "def f(x):\n    a = x\n    for i in range(3):\n        a = x\n        a = a - g(a)\n    return a"
    assert "line too much" in kinds(walk, 4)


@pytest.mark.parametrize(
    ("line", "kind", "part", "becomes"),
    [
        ("z = x * y", "all but one too much", "* y", "z = (x)"),
        ("z = (x + 1) * y", "too much", "* y", "z = (x + 1)"),
        ("z = x / (y + 1)", "all but one too much", "/ (y + 1)", "z = (x)"),
        ("z = x - y", "all but one too much", "- y", "z = (x)"),
        ("z = x[::-1]", "too much", "[::-1]", "z = x"),
        ("z = x[0]", "part only", "x[0]", "z = x"),
        ("z = x[0]", "entries", "x[0]", "z = x[(1)]"),
        ("z = max(0, x)", "too much", "max(…)", "z = (x)"),
        ("z = np.minimum(x, 1)", "too much", "np.minimum(…)", "z = (x)"),
        ("z = x[-1]", "entries", "x[-1]", "z = x[(0)]"),
        ("z[0][1] = x", "index stored", "z[0][1]", "z[0][(0)] = x"),
        ("z = 3.14 * x", "number", "3.14", "z = (3.141592653589793) * x"),
        ("z[y] = x", "index stored", "y", "z[y - 1] = x"),
        ("z, k = g(x)", "unpacked", "z, k", "k, z = g(x)"),
        ("z = (x, y)", "listed", "(x, y)", "z = (y, x)"),
        ("z = np.array([[x], [y], [W1]])", "listed", "[[x], [y], [W1]]", "z = np.array([[W1], [y], [x]])"),
        ("z = x + y * x", "value in", "y * x", "z = x + y * y"),
        ("if x > y:", "condition", "x > y", "if True:"),
        ("if x > y:", "true branch", "x > y", "if False:"),
        ("z = x if x > 0 else y", "false branch", "x > 0", "z = x if True else y"),
        ("z = np.where(x > 0, x, y)", "true branch", "x > 0", "z = np.where(False, x, y)"),
        ("z = x if y else W1", "order", "x if y else W1", "z = W1 if y else x"),
        ("z = np.where(y > 0, x, W1)", "order", "np.where(y > 0, x, W1)", "z = np.where(y > 0, W1, x)"),
        ("z = x + y / x - y", "parentheses", "x + y / x - y", "z = (((x) + (y)) / ((x) - (y)))"),
        ("z = x - y * x - y", "parentheses", "x - y * x - y", "z = (((x) - (y)) * ((x) - (y)))"),
        ("for i in range(1, 5):", "repeats", "range(1, 5)", "for i in (one for _, one in zip([0], range(1, 5))):"),
        ("for i in range(1, 5):", "bound", "1", "for i in range(1 - 1, 5):"),
        ("z = np.clip(x, -5, 5)", "too much", "np.clip(…)", "z = (x)"),
        ("z = x.mean(axis=0)", "too much", ".mean(…)", "z = (x)"),
        ("z = x + y", "operation", "x + y", "z = ((x) - (y))"),
        ("z = x * W1", "operation", "x * W1", "z = ((x) @ (W1))"),
        ("z = y - x", "order", "y - x", "z = ((x) - (y))"),
        ("z = x >= 0", "comparison", "x >= 0", "z = ((x) > (0))"),
        ("z = -x", "sign", "-x", "z = (x)"),
        ("z = x.T @ y", "other way round", "x.T", "z = (x) @ y"),
        ("z = W1 @ x", "other way round", "W1", "z = W1.T @ x"),
        ("z = W1 @ x", "value", "W1", "z = W2 @ x"),
        ("z = x['Z1']", "value", "x['Z1']", "z = x['Z2']"),
        ("z = np.mean(x)", "function", "np.mean", "z = np.sum(x)"),
        ("z = x > 0.4", "number", "0.4", "z = x > (0.5)"),
        ("z = x * -1", "number", "-1", "z = x * (0)"),
        ("z = (x - y) / 2", "parentheses", "(x - y) / 2", "z = ((x) - ((y) / (2)))"),
        ("z = x - y / 2", "parentheses", "x - y / 2", "z = (((x) - (y)) / (2))"),
        ("z = np.sum(x, axis=0)", "axis", "axis=0", "z = np.sum(x, axis=1)"),
        ("z = np.sum(x, keepdims=False)", "choice", "False", "z = np.sum(x, keepdims=True)"),
        ("z = x[y]", "index", "y", "z = x[y - 1]"),
        ("z = x[:, :1]", "part only", "x[:, :1]", "z = x"),
        ("z = x", "sum missing", "x", "z = np.sum(x, axis=1, keepdims=True)"),
        ("z = x", "copy missing", "x", "z = (x).copy()"),
        ("z, a, b = x", "unpacked", "z, b", "b, a, z = x"),
        ("z = x[:]", "copy missing", "x[:]", "z = (x[:]).copy()"),
        ("z = x.T", "copy missing", "x.T", "z = (x.T).copy()"),
        ("z, a = x[:], x[:]", "copy missing", "x[:]", "z, a = (x[:]).copy(), (x[:]).copy()"),
        ("z += x", "operation", "z += x", "z -= x"),
        ("z = x", "line too much", "z = x", "pass"),
        ("z.append(x[-1])", "part only", "x[-1]", "z.append(x)"),
    ],
)
def test_a_slip_is_undone(line, kind, part, becomes):
    made = changes(line, "k = x['Z2']")[OneChange(kind, part, 0)]
    assert any(new.splitlines()[2].strip() == becomes for new in made), made


def test_only_in_a_loop_something_may_have_to_be_added_instead_of_replaced():
    assert "replaces" in kinds("def f(x):\n    z = 0\n    for one in x:\n        z = one\n    return z", 4)
    assert "replaces" not in kinds("def f(x):\n    z = 0\n    z = x\n    return z", 3)


def test_lines_can_come_too_early_or_too_late():
    found = changes("b = a", "z = 1", after=("a = 2",))
    assert found[OneChange("comes too early", "b = a", 0)][0].splitlines()[2:4] == ["    a = 2", "    b = a"]
    assert found[OneChange("comes too late", "b = a", 0)][0].splitlines()[1:3] == ["    b = a", "    z = 1"]


def test_a_line_can_stand_inside_a_loop_that_belongs_outside():
    source = "def f(x):\n    for one in x:\n        y = 2 * one\n        return y"  # as a cell ends
    made = [new for change, new in moved(source, 4) if change.kind == "inside a loop"]
    assert made == ["def f(x):\n    for one in x:\n        y = 2 * one\n        pass\n    return y"]


def test_a_line_that_needs_what_its_loop_computes_is_not_moved_before_it():
    source = "def f(x):\n    for one in x:\n        y = one\n        z = y\n    return z\n"
    assert not [change for change, _ in moved(source, 3) if change.kind == "inside a loop"]


def test_a_line_that_is_too_much_in_an_inner_loop_but_not_in_the_outer_one_is_left_out():
    inner = "        for one in i:\n            w += one\n            z.append(w)\n"
    source = f"def f(x, w):\n    z = []\n    for i in x:\n{inner}        z.append(w)\n"
    assert "line too much" in kinds(source, 6)


def test_a_loop_that_ends_too_early_may_only_have_to_leave_a_round_out():
    source = "def f(x):\n    for one in x:\n        if one < 0:\n            break\n        z = one\n    return z\n"
    assert [change.part for change, new in candidates(source, 4) if "            continue" in new] == ["break"]


def test_no_sign_is_missing_where_a_line_only_makes_an_array():
    assert not [change for change in changes("z = np.asarray(x, dtype=float)") if change.kind == "sign"]
    assert [change for change in changes("z = np.asarray(x * y)") if change.kind == "sign"]


def test_no_sum_is_missing_around_an_array_of_equal_numbers():
    assert not [change for change in changes("z = np.zeros((x, y))") if change.kind == "sum missing"]


def test_what_only_makes_an_array_of_a_list_is_moved_into_no_loop():
    source = "def f(x):\n    for one in x:\n        z[one][0] = 1\n    z = np.array(z)\n    return z\n"
    assert "outside a loop" not in kinds(source, 4)


def test_a_line_after_a_loop_can_belong_inside():
    source = "def f(x):\n    for one in x:\n        y = one\n    z.append(y)\n"
    made = [new for change, new in moved(source, 4) if change.kind == "outside a loop"]
    assert made == ["def f(x):\n    for one in x:\n        y = one\n        z.append(y)\n    pass\n"]


@pytest.mark.parametrize(("counters", "added", "told"), [("one, e", "one", True), ("e", "2", False)])
def test_a_condition_may_be_all_that_asks_for_one_of_several_counters(counters, added, told):
    source = f"def f(x):\n    for {counters} in x:\n        if e > 1:\n            z.append({added})\n"
    assert ("condition" in kinds(source, 3)) == told


def test_text_that_takes_more_than_one_byte_stays_in_its_place():
    found = changes("z = x * y  # φ′ of ψ", "w = 'δ'")
    assert "z = (x)  # φ′ of ψ" in found[OneChange("all but one too much", "* y", 0)][0]


def test_no_loop_is_begun_before_its_first_entry():
    made = [new for change, some in changes("for i in range(0, 2):").items() if change.kind == "bound" for new in some]
    assert [new.split("\n")[1].strip() for new in made] == [
        "for i in range(0 + 1, 2):", "for i in range(0, 2 - 1):", "for i in range(0, 2 + 1):",
    ]  # fmt: skip
    backwards = [new for some in changes("for i in range(x, 0, -1):").values() for new in some]
    assert any("range(x, 0 - 1, -1)" in new for new in backwards), "a loop that counts down may end there"


def test_what_is_left_of_a_difference_keeps_its_parentheses():
    made = changes("z = x - (y + 1)")[OneChange("too much", "x", 0)]
    assert "z = (-(y + 1))" in made[0]


def test_a_form_feed_in_a_text_is_no_end_of_a_line():
    source = "def f(x):\n    s = 'a\x0cb'\n    for one in x:\n        return one\n"
    made = [new for change, new in moved(source, 4) if change.kind == "inside a loop"]
    assert made == ["def f(x):\n    s = 'a\x0cb'\n    for one in x:\n        pass\n    return one\n"]


@pytest.mark.parametrize("line", ["plt.plot(x)", "global n", "print(open('log'))", "input()"])
def test_a_function_of_which_each_run_leaves_something_is_not_run_again_and_again(line):
    assert candidates(f"def f(x):\n    {line}\n    z = x * 2\n    return z\n", 3) == ()


@pytest.mark.parametrize(
    "source",
    ["def f(x):\n    while x:\n        x = x - 1\n", "def f(x:\n    x = 1\n", "x = 1\ny = x * 2\n", "def f(x):\n\n\n"],
    ids=["a loop that might never end", "no Python", "no function", "no statement at that line"],
)
def test_some_lines_are_left_alone(source):
    assert candidates(source, 2) == () or candidates(source, 3) == ()


@pytest.mark.parametrize("line", [f"z = 0x{'f' * 4000}", f"z = -{'9' * 400}", "z = 1e300"])
def test_a_giant_number_is_left_alone(line):
    assert not [change for change in changes(line) if change.kind == "number"]


@pytest.mark.parametrize("line", ["z = [" + ", ".join(["x"] * 3000) + "]", "z = x" + " " * 30_000 + "* 2"])
def test_a_giant_line_or_cell_is_left_alone(line):
    assert changes(line) == {}


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("z = x[y > 3]", "y > 3"),
        ("for i in range(0, 9, 2):", "2"),
        ("z = x[f'{y}']", "f'{y}'"),
    ],
)
def test_what_is_no_count_is_not_one_too_high(line, part):
    assert not [change for change in changes(line) if change.kind in ("index", "bound") and change.part == part]


def test_an_axis_is_no_other_number():
    assert not [change for change in changes("z = x.sum(axis=1)") if change.kind == "number"]


def test_a_long_line_has_no_more_changes_than_others():
    assert len(candidates("def f(x):\n    z = " + " + ".join(["x * 3"] * 40) + "\n    return z\n", 2)) == MOST
