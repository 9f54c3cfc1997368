"""An exercise that fails only with an earlier one is judged again, with a right function in that one's place."""

from __future__ import annotations

import pytest
from graded_notebooks import COURSE, marked

from backprop.answers.tables import Exercise, load
from examiner.course.misconceptions import read
from examiner.judging import partial_credit
from examiner.judging.follow_through import Reference, earlier, wrong_before
from examiner.pipeline.examine import cells_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

WRONG_FORWARD = """def forward(x, weights):
    return np.zeros(len(weights)), np.zeros(len(weights))
def loss(x, y, weights):
    return 0.0"""
CHAIN, RELU, TWO = "chain_of_neurons", "relu_network", "two_layer_network"


def mistaken(assignment, exercise, id):
    """Return the solution of `exercise` with one known mistake."""
    mistake = next(mistake for mistake in read(COURSE.source(assignment)).misconceptions if mistake.id == id)
    assert mistake.exercise == exercise
    cells = cells_of(COURSE.notebook(assignment))
    return mistake.apply(next(cell.source for cell in cells if cell.role == "solution" and cell.exercise == exercise))


def total(assignment):
    return sum(cell.points for cell in cells_of(COURSE.notebook(assignment)))


@pytest.fixture(scope="module")
def wrong_forward():
    return marked(CHAIN, {"2": WRONG_FORWARD})


def test_what_builds_on_a_wrong_function_gets_its_points_and_the_wrong_one_none(wrong_forward):
    assert wrong_forward.score("2") == 0
    assert wrong_forward.score() == total(CHAIN) - 10
    assert wrong_forward.earned("hidden-8")["why"] == partial_credit.FOLLOWS


def test_the_student_is_told_so_beside_the_explanation(wrong_forward):
    first, verdict, error = wrong_forward.cell("hidden-8").outputs
    assert "Exercise 2 · forward is not right yet, and this exercise builds on it." in first.data["text/markdown"]
    assert "With a right one in its place, your answer passes." in first.data["text/markdown"]
    assert "Exercise 8 · gradients" in verdict.data["text/plain"]
    assert error.ename == "CheckFailed"


def test_what_does_not_build_on_it_is_judged_once(wrong_forward):
    assert wrong_forward.earned("hidden-6") == {}
    assert wrong_forward.verdict("hidden-6")["passed"]


def test_without_the_switch_it_fails_with_the_earlier_one():
    plain = marked(CHAIN, {"2": WRONG_FORWARD}, follow_through=False)
    assert plain.score("8", "9", "11") == 0
    assert "Exercise 2" in plain.verdict("check-8")["first"]


def test_a_mistake_of_its_own_is_not_excused():
    wrong = marked(CHAIN, {"2": WRONG_FORWARD, "8": "def gradients(x, y, weights):\n    return weights * 0"})
    assert wrong.score("8") == 0
    assert wrong.earned("hidden-8") == {}
    assert wrong.score("11") == 15  # judged with right functions for both


@pytest.mark.parametrize(
    "forward",
    ["raise ValueError('cell')", "this is no Python", "def forward(x, weights):\n    raise NotImplementedError()",
     "def forward(x, weights):\n    while True: pass", "import os\ndef forward(x, weights):\n    os._exit(1)"],
    ids=["no function", "no Python", "stub", "endless", "exit"],
)  # fmt: skip
def test_however_the_earlier_one_fails_the_later_ones_can_be_right(forward):
    found = marked(CHAIN, {"2": forward}, check_seconds=0.4)
    assert found.score() == total(CHAIN) - 10


def test_a_students_code_that_calls_it_wrongly_still_fails():
    asks_too_much = "def gradients(x, y, weights):\n    return forward(x, weights, 'the answer', key='8.1')"
    found = marked(CHAIN, {"2": WRONG_FORWARD, "8": asks_too_much})
    assert found.score("8") == 0
    assert found.score("6", "9") == 40


def test_the_code_of_the_reference_stays_here():
    nosy = """def gradients(x, y, weights):
    import inspect, traceback
    told = [repr(forward), str(vars(forward)), str(getattr(forward, '__code__', '')), str(dir(forward))]
    try:
        told.append(inspect.getsource(forward))
    except Exception as error:
        told.append(str(error))
    try:
        forward('x', None)
    except Exception:
        told.append(traceback.format_exc())
    print('\\n'.join(told))
    return weights"""
    found = marked(CHAIN, {"2": "forward = None", "8": nosy})
    said = str(found.cell("hidden-8").outputs)
    assert "tanh" not in said
    assert "reference" not in said
    assert "BEGIN SOLUTION" not in said


def test_a_stand_in_answers_only_while_an_exercise_is_judged_again():
    keeping = """kept = []
def gradients(x, y, weights):
    kept.append(forward)
    return [0 for f in kept if f(x, weights)]"""
    found = marked(CHAIN, {"2": WRONG_FORWARD, "8": keeping})
    assert found.score("2", "8") == 0
    assert found.score("6") == 25


def test_methods_of_a_class_are_stood_in_for_with_the_students_own_object():
    found = marked(RELU, {"5": mistaken(RELU, "5", "uphill")})
    assert found.score("5") == 0
    assert found.score() == total(RELU) - 15
    assert found.earned("hidden-7")["why"] == partial_credit.FOLLOWS


def test_a_class_that_was_never_written_is_there_as_it_was_handed_out():
    found = marked(RELU, {"5": "this is no Python"})
    assert found.score("5") == 0
    assert found.score() == total(RELU) - 15


def test_a_student_whose_matrices_are_np_matrix_keeps_them():
    own = """class NeuralNetwork:
    def __init__(self):
        self.input_to_hidden_weights = np.matrix(np.ones((3, 2)))
        self.hidden_to_output_weights = np.matrix(np.ones((1, 3)))
        self.biases = np.matrix(np.zeros((3, 1)))
        self.learning_rate = 0.001
    def train(self, x1, x2, y):
        pass"""
    found = marked(RELU, {"5": own})
    assert found.score() == total(RELU) - 15


def test_random_numbers_and_loops_across_the_boundary_are_those_of_one_process():
    wrong = {key: mistaken(TWO, key, id) for key, id in [("2", "not-scaled"), ("3", "sign-of-exponent")]}
    found = marked(TWO, wrong)
    assert found.score("2", "3") < 20
    assert found.score("4", "5", "6", "7", "8", "9", "10") == 70


def test_a_cell_that_an_earlier_function_never_let_end_is_judged_again_as_well():
    endless = "def predict(X, parameters):\n    while True: pass"
    found = marked(TWO, {"9": endless}, check_seconds=1.0, cell_seconds=3)
    assert found.score("9") == 0
    assert found.score("10") == 10


def test_only_failed_exercises_that_it_builds_on_are_stood_in_for():
    exercises = {
        key: Exercise(key, key, key, 1, "", "", "", needs) for key, needs in
        {"1": (), "2": ("1",), "3": ("2",), "4": ("1", "4"), "5": ("3", "4")}.items()
    }  # fmt: skip
    assert wrong_before("5", {"1", "4", "5"}, exercises) == ["1", "4"]
    assert wrong_before("3", {"4"}, exercises) == []
    assert wrong_before("4", {"4"}, exercises) == []
    assert wrong_before("9", {"1"}, exercises) == []


def test_every_function_that_an_exercise_needs_has_a_reference(monkeypatch):
    monkeypatch.setenv("BACKPROP_DATA", "digits")
    for assignment in COURSE.assignments():
        exercises = load(COURSE.source(assignment)).exercises
        reference = Reference(cells_of(COURSE.notebook(assignment)))
        for exercise in exercises.values():
            for key in exercise.needs:
                assert reference.functions(key), f"{assignment}: exercise {exercise.key} needs {key}"


def test_a_call_that_asks_for_too_much_memory_is_refused():
    greedy = "def gradients(x, y, weights):\n    forward(x, np.broadcast_to(0.1, 10**10))\n    return weights"
    found = marked(CHAIN, {"2": WRONG_FORWARD, "8": greedy})
    assert found.score("8") == 0
    assert found.score("9", "11") == 30


CIRCULAR = "def gradients(x, y, weights):\n    return weights - sgd_step(x, y, weights, 1)"


def solution(assignment, exercise):
    cells = cells_of(COURSE.notebook(assignment))
    return next(cell.source for cell in cells if cell.role == "solution" and cell.exercise == exercise)


def test_a_later_exercise_that_was_deleted_is_not_lent_to_the_one_that_it_builds_on():
    found = marked(CHAIN, {"8": CIRCULAR, "11": ""})
    assert found.score("8", "11") == 0
    assert found.score() == total(CHAIN) - 30


def test_nor_is_a_method_that_calls_what_it_was_built_on():
    through_the_network = """def gradients(x1, x2, y, V, values):
    network = NeuralNetwork()
    network.hidden_to_output_weights, network.learning_rate = V, 1.0
    before = weights_of(network)
    network.train(x1, x2, y)
    after = weights_of(network)
    short = {"input_to_hidden_weights": "dW", "biases": "db", "hidden_to_output_weights": "dV"}
    return {short[name]: before[name] - after[name] for name in before}"""
    assert marked(RELU, {"4": through_the_network, "5": ""}).score("4", "5") == 0


def test_a_right_exercise_is_judged_with_right_ones_before_it_though_these_are_accepted():
    in_lists = "def deltas(y, weights, z, f):\n" + solution(CHAIN, "6").split("\n", 1)[1] + ".tolist()"
    adds = "def gradients(x, y, weights):\n    z, f = forward(x, weights)\n    delta = deltas(y, weights, z, f)\n"
    adds += "    return delta * np.append(x, f[:-1])\n"
    found = marked(CHAIN, {"6": in_lists, "8": adds})
    assert found.score("6", "8") == 40


def test_an_accepted_sigmoid_in_single_precision_costs_no_later_exercise_its_points():
    halved = "def sigmoid(x):\n    return (1 / (1 + np.exp(-np.asarray(x, float)))).astype(np.float32)\n"
    halved += "def sigmoid_derivative(x):\n    return sigmoid(x) * (1 - sigmoid(x))"
    found = marked(TWO, {"3": halved})
    assert found.score() == total(TWO)


def test_only_exercises_before_it_that_do_not_build_on_it_are_lent():
    exercises = {
        key: Exercise(key, key, key, 1, "", "", "", needs) for key, needs in
        {"1": ("3",), "2": (), "3": ("2",), "4": ("3",)}.items()
    }  # fmt: skip
    assert earlier("4", exercises) == ["1", "2", "3"]
    assert earlier("3", exercises) == ["2"]
    assert earlier("9", exercises) == []


def test_an_answer_that_changes_what_it_is_handed_earns_nothing_and_costs_later_ones_nothing():
    in_place = "def computer_cost(A2, Y):\n    A2 -= Y\n    A2 *= A2\n    return A2.sum() / (2 * Y.shape[1])"
    found = marked(TWO, {"5": in_place})
    assert found.score("5") == 0
    assert found.score() == total(TWO) - 10
    verdict = found.verdict("check-5")
    assert verdict["but"].startswith("it changes its argument `A2`, in line 2: `A2 -= Y`.")


def test_a_cell_that_is_no_python_is_told_so_with_its_line():
    found = marked(TWO, {"5": "def computer_cost(A2, Y):\n    return (A2 - Y"})
    verdict = found.verdict("check-5")
    assert verdict["kind"] == "syntax"
    assert "in line 2" in verdict["but"]
