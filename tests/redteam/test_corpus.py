"""The collection of attacks is complete, harmless to read, and what docs/attacks.md says of it is up to date."""

import attack
import pytest
import table
from kinds import KINDS

ATTACKS = attack.every_attack()


def test_there_is_an_attack_of_every_kind():
    assert set(KINDS) == {one.kind for one in ATTACKS}


def test_each_attack_has_its_own_name_and_says_in_a_sentence_what_it_tries():
    assert len({one.name for one in ATTACKS}) == len(ATTACKS) >= 70
    for one in ATTACKS:
        assert one.tries.endswith("."), one.name
        assert one.cells or one.change or one.hand_in or one.student, one.name
        assert one.group in table.GROUPS


def test_only_attacks_on_scores_answers_and_files_meet_nbgrader():
    for one in ATTACKS:
        if one.group in ("processes", "exhaustion", "wire"):
            assert one.on_nbgrader is (one.name in ("stop_iteration",)), one.name


def test_reading_an_attack_runs_nothing_of_it(tmp_path):
    path = tmp_path / "bad.py"
    path.write_text(
        f'"""Makes a file."""\nkind = "sleep"\naims = "batch"\ncell = "open({str(tmp_path / "made")!r}, \'w\')"\n'
    )
    assert attack.load(path).cells["first"].startswith("open(")
    assert not (tmp_path / "made").exists()


def test_an_attack_that_does_not_say_what_it_aims_at_is_refused(tmp_path):
    path = tmp_path / "vague.py"
    path.write_text('"""Tries something."""\nkind = "sleep"\naims = "glory"\n')
    with pytest.raises(ValueError, match="aims out of"):
        attack.load(path)


def test_the_table_in_the_docs_lists_just_these_attacks():
    assert table.names(table.shown()) == [
        one.name for group in table.GROUPS for one in ATTACKS if one.group == group
    ], "docs/attacks.md shows another collection of attacks. Run: make redteam"


def test_the_table_in_the_docs_shows_no_attack_that_the_examiner_did_not_stop():
    assert table.failures(table.shown()) == []


def test_a_row_in_which_the_examiner_lost_would_be_seen():
    row = "| `x` | tries | stopped | +10 points |"
    assert table.failures(row) == [row]
    assert table.names(row) == ["x"]
