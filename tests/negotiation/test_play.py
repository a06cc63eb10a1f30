import bargains
import pytest

from madata.generators.negotiation.bargain.play import play, rerun
from madata.schemas.negotiation import Accept, Withdraw


@pytest.mark.parametrize("seed", range(40))
def test_playing_again_from_any_time_changes_nothing(seed):
    table = bargains.random_table(seed)
    play(table)
    for time in range(table.game.deadline + 1):
        again = rerun(table, time)
        assert again.events == table.events
        assert (again.ended, again.agreed, again.points()) == (table.ended, table.agreed, table.points())


@pytest.mark.parametrize("seed", range(40))
def test_what_is_played_is_legal_and_ends(seed):
    table = bargains.random_table(seed)
    play(table)
    again = bargains.random_table(seed)
    for event in table.events:
        again.add(event)
    assert again.outcome() == table.outcome()
    assert again.world().events == table.events


def test_a_forced_move_takes_the_place_of_its_own():
    table = bargains.haggle()
    play(table)
    assert table.points() == {"a0": 5, "a1": 5}
    at_once = rerun(table, 1, Accept(agent="a1", time=1, to=["a0"], proposal=0))
    assert at_once.points() == {"a0": 10, "a1": 0}
    gone = rerun(table, 2, Withdraw(agent="a0", time=2, to=["a1"]))
    assert (gone.ended, len(gone.events)) == ("withdrawn", 3)
    assert len(table.events) == 4


def test_a_statement_can_be_left_out():
    claim = {"kind": "limit", "side": "most", "option": 3}
    says = [
        {"time": 0, "to": ["a1"], "kind": "inform", "claim": claim},
        {"time": 0, "to": ["a1"], "kind": "query"},
    ]
    table = bargains.haggle({"says": says})
    play(table)
    assert [event.kind for event in table.events][:3] == ["inform", "query", "propose"]
    silent = rerun(table, 0, without=("a0", 0))
    assert [event.kind for event in silent.events][:2] == ["query", "propose"]
    assert silent.points() == {"a0": 5, "a1": 5}
    assert table.points()["a1"] < 5


def test_whoever_has_no_strategy_passes_and_cannot_be_played_again():
    table = bargains.haggle(seller={"bidding": None})
    play(table)
    assert {event.agent for event in table.events} == {"a0"}
    assert rerun(table, 0) is None
