"""The map of a network's cost: planes, windows, the work in the kernel, and what a script can read."""

from __future__ import annotations

import asyncio
import re

import numpy as np
import pytest
from kernel_work import live

from backprop.widgets import NetworkCost
from backprop.widgets.network_cost import model as model
from backprop.widgets.network_cost.survey import View
from backprop.widgets.shared.base import WidgetError


@pytest.fixture
def made(two_layers, noise):
    """A function that makes the widget over the lesson's first network."""

    def make(steps=20, size=9, functions=(), **state):
        functions = functions or two_layers.all[1:]
        return NetworkCost(noise.X, noise.Y, noise.parameters, *functions, steps=steps, size=size, **state)

    return make


def path_of_three():
    """Three positions in a space of four parameters; most of the way is along the second."""
    return np.array([[0.0, 5, 0, 1], [0, 2, 1, 1], [0, 0, 0, 1]])


# ------------------------------------------------------------------------------------------------------ mathematics


def test_parameters_become_a_vector_and_come_back(noise):
    again = model.unflat(model.flat(noise.parameters), noise.parameters)
    assert all(np.array_equal(again[name], value) for name, value in noise.parameters.items())


def test_a_parameter_is_found_where_its_name_says(noise):
    vector = model.flat(noise.parameters)
    assert vector[model.place(noise.parameters, "W1[3, 1]")] == noise.parameters["W1"][3, 1]
    assert vector[model.place(noise.parameters, " W2 [0,7] ")] == noise.parameters["W2"][0, 7]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("W1", "write it as 'W1[0, 5]'"),
        ("W1[-1, 0]", "write it as"),
        ("W3[0, 0]", "they are W1, b1, W2, b2"),
        ("W1[10, 0]", "has 10 rows and 2 columns"),
    ],
)
def test_a_parameter_that_is_not_there_is_refused_in_a_sentence(made, text, words):
    with pytest.raises(WidgetError, match=re.escape(words)):
        made(across=text)


def test_on_the_plane_of_two_parameters_coordinates_are_their_values(noise):
    plane = model.plane_of_entries(noise.parameters, "W1[0, 0]", "b2[0, 0]")
    at = model.unflat(plane.at(1.5, -2.0), noise.parameters)
    assert (at["W1"][0, 0], at["b2"][0, 0]) == (1.5, -2.0)
    assert np.array_equal(at["W1"][1:], noise.parameters["W1"][1:])
    assert plane.coordinates(plane.at(0.3, 0.7)) == pytest.approx(np.array([[0.3, 0.7]]))


def test_random_directions_are_as_long_as_the_arrays_they_are_added_to(noise):
    plane = model.plane_of_random_directions(noise.parameters, seed=4)
    across = model.unflat(plane.across, noise.parameters)
    for name, value in noise.parameters.items():
        assert np.linalg.norm(across[name]) == pytest.approx(np.linalg.norm(value))
    assert np.array_equal(plane.at(0, 0), model.flat(noise.parameters))
    other = model.plane_of_random_directions(noise.parameters, seed=5)
    assert not np.allclose(plane.across, other.across)


def test_a_projection_is_the_nearest_point_of_the_plane(noise):
    plane = model.plane_of_random_directions(noise.parameters, seed=4)
    somewhere = plane.at(0.4, -0.9) + np.random.RandomState(2).randn(plane.origin.size)
    ((a, b),) = plane.coordinates(somewhere)
    beside = somewhere - plane.at(a, b)
    assert [beside @ plane.across, beside @ plane.up] == pytest.approx([0, 0], abs=1e-9)


def test_the_directions_of_the_path_hold_the_whole_path_and_lead_to_the_right():
    positions = path_of_three()
    plane = model.plane_of_path(positions)
    path = plane.coordinates(positions)
    back = np.array([plane.at(a, b) for a, b in path])
    assert back == pytest.approx(positions)
    assert path[0, 0] < path[-1, 0] == pytest.approx(0)
    assert [plane.across @ plane.across, plane.up @ plane.up, plane.across @ plane.up] == pytest.approx([1, 1, 0])


def test_a_straight_path_has_a_plane_and_one_that_stands_still_has_none():
    positions = path_of_three()[[0, 2]]
    plane = model.plane_of_path(positions)
    assert plane.across @ plane.up == pytest.approx(0)
    assert np.linalg.norm(plane.up) == pytest.approx(1)
    with pytest.raises(ValueError, match="did not move"):
        model.plane_of_path(positions[[0, 0]])


def test_the_window_shows_the_whole_path():
    path = np.array([[0.0, 0.0], [4.0, 1.0]])
    assert model.window(path, least=1.0) == pytest.approx((2.0, 0.5, 2.8))
    assert model.window(path, least=9.0) == pytest.approx((2.0, 0.5, 9.0))
    assert model.window(path, least=1.0, zoom=2) == pytest.approx((2.0, 0.5, 1.4))


# ----------------------------------------------------------------------------------------- what a script can read


def test_the_map_holds_the_costs_of_the_students_own_functions(made, two_layers, noise):
    it = made(across="W2[0, 0]", up="b2[0, 0]")
    a, b, half = it.window
    final = it._survey.parameters_at(it._survey.map(it.view), a + half, b - half)  # the lower right corner
    A2, _ = two_layers.forward_propagation(noise.X, final)
    assert it.map.shape == (9, 9)
    assert it.map[0, -1] == pytest.approx(two_layers.computer_cost(A2, noise.Y), rel=1e-12)


def test_costs_and_path_are_those_of_training(made, two_layers, noise):
    it = made(steps=7, across="W2[0, 0]", up="b2[0, 0]")
    assert len(it.costs) == 8
    assert it.path[0] == pytest.approx([noise.parameters["W2"][0, 0], 0])
    grads = two_layers.back_propogation(
        noise.X, noise.Y, noise.parameters, two_layers.forward_propagation(noise.X, noise.parameters)[1]
    )
    assert it.path[1] - it.path[0] == pytest.approx([-0.5 * grads["dW2"][0, 0], -0.5 * grads["db2"][0, 0]])
    assert it.cost == pytest.approx(it.costs[-1])  # of the step that is shown, the last, which the map goes through


def test_the_cost_at_a_chosen_point_is_exact(made, two_layers, noise):
    it = made(across="W2[0, 0]", up="b2[0, 0]", point=[0.5, -0.25])
    assert (it.parameters["W2"][0, 0], it.parameters["b2"][0, 0]) == (0.5, -0.25)
    A2, _ = two_layers.forward_propagation(noise.X, it.parameters)
    assert it.cost == two_layers.computer_cost(A2, noise.Y)


def test_without_the_functions_of_a_step_the_cost_is_mapped_and_nothing_trained(made, two_layers):
    it = made(functions=two_layers.all[1:3])
    assert len(it.costs) == 1
    assert it.path.shape == (1, 2)
    assert np.all(np.isfinite(it.map))


def test_a_map_can_go_through_any_step(made, noise):
    first, last = made(around=0), made()
    assert first.window == last.window  # of the same two parameters
    assert not np.allclose(first.map, last.map)
    first.step = 0
    assert first.cost == pytest.approx(first.costs[0])


def test_a_training_that_overflows_ends_there_and_the_path_so_far_is_shown(made, two_layers):
    calls = []

    def computer_cost(A2, Y):
        calls.append(1)
        return np.nan if len(calls) > 8 else 1.0

    it = made(functions=[two_layers.forward_propagation, computer_cost, *two_layers.all[3:]], steps=50)
    costs = it.costs
    assert np.isnan(costs[-1])
    assert np.all(np.isfinite(costs[:-1]))
    assert 2 < len(costs) < 10
    assert len(it.path) == len(costs)


def test_a_long_training_keeps_few_positions_and_every_cost(made):
    it = made(steps=1000)
    assert len(it.costs) == 1001
    assert len(it.path) <= 301
    assert it._survey.recorded[-1] == 1000


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"steps": -1}, "steps is -1"),
        ({"steps": 2.5}, "whole number from 0 to 10000"),
        ({"size": 40}, "one more than a multiple of 8"),
        ({"zoom": 0.0}, "zoom is 0"),
        ({"point": [1.0]}, "two numbers, or empty"),
        ({"seed": -3}, "seed is -3"),
        ({"directions": "up"}, "directions"),
        ({"colour": "red"}, "takes no argument `colour`"),
    ],
)
def test_an_argument_that_cannot_be_used_is_named_in_one_sentence(made, wrong, words):
    with pytest.raises(WidgetError, match=re.escape(words)) as raised:
        made(**wrong)
    assert "\n" not in str(raised.value)


def test_parameters_that_are_not_finite_are_refused(two_layers, noise):
    with pytest.raises(WidgetError, match="not finite"):
        NetworkCost(noise.X, noise.Y, {**noise.parameters, "b2": np.array([[np.nan]])}, *two_layers.all[1:])


def test_the_same_parameter_across_and_up_is_refused_when_the_map_is_asked_for(made):
    with pytest.raises(WidgetError, match="choose two different"):
        _ = made(across="W1[0, 0]", up="W1[0, 0]").path


# ------------------------------------------------------------------------------------------- the work in the kernel


async def nothing(it):
    """Do nothing meanwhile."""


def costs_sent(it):
    return np.frombuffer(it._map["costs"])


def test_nothing_begins_before_a_browser_is_there(made):
    async def notebook():
        it = made()
        await asyncio.sleep(0.02)
        return it._status["doing"], it._survey.costs

    assert asyncio.run(notebook()) == ("nothing", [])


def test_what_the_browser_gets_is_the_map_and_the_path(made):
    it = live(lambda: made(size=17), nothing)
    assert it._status == {"doing": "nothing", "share": 1.0}
    assert costs_sent(it).tolist() == [it.map[place] for place in model.order(17)]
    assert np.frombuffer(it._map["path"]).reshape(-1, 2) == pytest.approx(it.path)
    assert np.frombuffer(it._training["costs"]) == pytest.approx(it.costs)
    assert it._map["key"] == "parameters|W1[0, 0]|b2[0, 0]|1|-1|1"


def test_another_view_is_computed_and_the_one_before_is_kept(made):
    async def turn(it):
        while not it._survey.trained:
            await asyncio.sleep(0)
        it.set_state({"directions": "random", "seed": 3, "point": []})

    it = live(lambda: made(size=17), turn)
    assert it._map["key"].startswith("random|")
    assert it._survey.begun(View("random", "W1[0, 0]", "b2[0, 0]", 3)) == 17**2
    before = it._survey.map(it.view)
    it.directions = "parameters"
    it.directions = "random"
    assert it._survey.map(it.view) is before


def test_stop_leaves_what_is_done_and_go_on_does_the_rest(made):
    async def stop(it):
        while not it._survey.trained:
            await asyncio.sleep(0)
        it._handle_custom_msg({"do": "stop"}, [])

    it = live(lambda: made(size=65), stop)
    done = it._survey.begun(it.view)
    assert it._status["doing"] == "stopped"
    assert done < 65**2

    async def again():
        it._loop = asyncio.get_running_loop()
        it._handle_custom_msg({"do": "go on"}, [])
        while it._status["doing"] != "nothing":
            await asyncio.sleep(0.001)

    asyncio.run(again())
    assert it._survey.begun(it.view) == 65**2


def test_when_the_last_view_is_gone_the_work_ends(made):
    async def leave(it):
        while not it._survey.trained:
            await asyncio.sleep(0)
        it._handle_custom_msg({"do": "gone", "view": "one"}, [])
        while it.working:
            await asyncio.sleep(0)

    it = live(lambda: made(size=129), leave)
    assert it._survey.begun(it.view) < 129**2


def test_a_function_that_fails_half_way_is_named_in_the_widgets_place(made, two_layers):
    def computer_cost(A2, Y):
        if abs(A2[0, 0]) < 0.1:
            raise ValueError("math domain error")
        return two_layers.computer_cost(A2, Y)

    functions = [two_layers.forward_propagation, computer_cost, *two_layers.all[3:]]
    it = live(lambda: made(functions=functions, across="W2[0, 0]", up="b2[0, 0]", zoom=0.05), nothing)
    assert it._status["doing"] == "failed"
    assert it.notice == "computer_cost raises ValueError: math domain error."
    with pytest.raises(Exception, match="computer_cost raises ValueError"):
        _ = it.map


def test_a_failure_is_named_the_same_however_often_it_is_met(made, two_layers):
    calls = []

    def update_parameters(parameters, grads, learning_rate):
        calls.append(1)
        if len(calls) > 4:
            raise ValueError("enough")
        return two_layers.update_parameters(parameters, grads, learning_rate)

    it = made(functions=[*two_layers.all[1:4], update_parameters])
    it._do_at_once()  # for the still picture; it says nothing of what goes wrong
    for _ in range(2):
        with pytest.raises(Exception, match=re.escape("update_parameters raises ValueError: enough.")):
            _ = it.costs


# ----------------------------------------------------------------------------------- code, and the still picture


def test_the_copied_line_makes_the_same_state(two_layers, noise):
    X, Y, start, own = noise.X, noise.Y, noise.parameters, two_layers
    it = NetworkCost(
        X[:, :2], Y[:, :2], start, own.forward_propagation, own.computer_cost, own.back_propogation,
        own.update_parameters, steps=5, across="W2[0, 3]", point=[0.5, -2],
    )  # fmt: skip
    code = it.as_code()
    assert code.startswith("NetworkCost(X[:, :2], Y[:, :2], start, own.forward_propagation, own.computer_cost, ")
    assert "learning_rate=0.5, steps=5, " in code
    assert 'across="W2[0, 3]"' in code
    again = eval(code, {"NetworkCost": NetworkCost, "X": X, "Y": Y, "start": start, "own": own})
    assert again.cost == it.cost
    assert again.as_code().endswith(code[code.index("directions=") :])


def test_the_still_picture_says_what_it_shows(made):
    it = made(size=17, across="W2[0, 0]", up="b2[0, 0]")
    assert "Nothing is computed yet" in it.described()
    before = it.static_svg()
    _ = it.map
    said = it.described()
    assert "41 parameters over W2[0, 0] and b2[0, 0]" in said
    assert "20 steps of training" in said
    after = it.static_svg()
    assert "<image" in after
    assert "<image" not in before
    assert said.split(",")[0] in after


def test_a_network_with_much_data_is_shown_without_computing_anything(two_layers):
    X, Y = np.zeros((784, 3000)), np.zeros((1, 3000))
    np.random.seed(0)
    it = NetworkCost(X, Y, two_layers.initialize_parameters(784, 10, 1), *two_layers.all[1:])
    it._do_at_once()
    assert it._survey.costs == []
