"""No attack gets anything from the examiner: no point, no secret, no change, no end of the batch."""

import attack
import pytest
from fight import Arena, alone
from target import FULL

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
ATTACKS = {one.name: one for one in attack.every_attack()}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_gets_nothing_from_the_examiner(name, battle):
    outcomes, _ = battle
    assert outcomes[name].got == {}, ATTACKS[name].tries


def test_nobody_and_nothing_around_the_attacks_is_harmed(battle):
    _, around = battle
    assert around == {}, "`make redteam` says which attack it was"


def test_attacks_get_nothing_where_a_plain_user_grades(battle_as_plain_user):
    outcomes, around = battle_as_plain_user
    assert {name: outcome.got for name, outcome in outcomes.items() if outcome.got} == {}
    assert around == {}


def test_an_honest_notebook_among_them_keeps_its_points(battle):
    outcomes, _ = battle
    for name in (
        "os_exit",
        "fork_bomb",
        "memory_bomb",
        "memory_filled",
        "c_loop",
    ):  # exercises 1 and 3 were right, and are before it
        assert outcomes[name].points == outcomes[name].before == 40


def test_what_is_stopped_here_succeeds_against_nbgrader(tmp_path):
    arena = Arena.make(tmp_path / "nbgrader", "nbgrader")
    arena.prove()
    outcome = alone(arena, tmp_path / "attacked", ATTACKS["source_notebook"])
    assert outcome.got["points"] == f"+{FULL} points"
    assert "source" in outcome.got["read"]
