"""Failures are shares with ids; what a script excludes is a finding; of words alone only repetition is judged."""

from pathlib import Path
from typing import Any

import pytest
import samples
from corpora import concluded
from delidata import Group, files, rows

from madata.generators.family import Rejected
from madata.generators.importers import delidata
from madata.generators.make import episode, families
from madata.tests.validators.coordination.records import episode as team
from madata.tests.validators.coordination.records import inform, played, propose, schedule
from madata.validators.corpus.document import Document, of_episode
from madata.validators.failure_modes import CHECK, IDS, observed
from madata.validators.mast import MODES
from madata.validators.picture import Bars

Json = dict[str, Any]
SLOTS = 32

WITHHOLDING = "2.4 information withholding"
REPETITION = "1.3 step repetition"


def meeting(behaviours: str, events: list[Json] | None = None) -> Json:
    given = schedule(["200", "020"], ["01"], behaviours)
    return team(given | {"events": played(given) if events is None else events})


def generated(task: str, slot: int) -> Json | None:
    try:
        return episode(task, tuple(sorted(families(task))), {}, 6, slot, 0)
    except Rejected:
        return None


def test_shares_are_of_the_episodes_in_which_a_mode_can_be_seen() -> None:
    conclusion = concluded(CHECK, meeting("team team"), meeting("team literal"), samples.episode())
    assert conclusion.findings == []
    assert conclusion.figures["episodes"] == 2
    assert conclusion.figures["without any failure"] == 1
    assert conclusion.figures["cannot be seen in these episodes"] == ["1.5 unaware of termination conditions"]
    withholding = conclusion.figures[WITHHOLDING]
    assert (withholding["episodes"], withholding["of"], withholding["share"]) == (1, 2, 0.5)
    assert withholding["by group"] == {"schedule": 0.5}
    assert withholding["by behaviour"] == {"literal": 1.0, "team": 0.0}
    assert withholding["ids"] == [meeting("team literal")["id"]]
    (picture,) = conclusion.pictures
    assert isinstance(picture, Bars)
    assert [bar.value for bar in picture.bars if bar.label == WITHHOLDING] == [0.5]


def test_an_example_says_what_was_found_and_in_which_words() -> None:
    (example,) = (each for each in concluded(CHECK, meeting("team literal")).examples if WITHHOLDING in each.title)
    assert example.sides == {
        "literal": "round 1: Ben keeps to itself that how Tuesday suits Ben (impossible) rules out what is proposed",
        "in words": "Some words.",
    }


def test_what_a_script_never_does_is_a_finding() -> None:
    broken = meeting("team team", [inform(0, 0, "1", {0: 2}), propose(0, 0, "1", [0])])
    (finding,) = concluded(CHECK, broken).findings
    assert (finding.episode, finding.where) == (broken["id"], "event 1")
    assert finding.expected == "no 1.1 disobey task specification by an agent whose script is team"
    assert finding.found.startswith("round 1: Anna proposes a plan that it knows not to work: how Monday suits Anna")
    by_models = meeting("- -", [inform(0, 0, "1", {0: 2}), propose(0, 0, "1", [0])])
    assert concluded(CHECK, by_models).findings == []


def test_only_so_many_ids_are_kept() -> None:
    conclusion = concluded(CHECK, *[meeting("team literal")] * (IDS + 5))
    assert conclusion.figures[WITHHOLDING]["episodes"] == IDS + 5
    assert len(conclusion.figures[WITHHOLDING]["ids"]) == IDS


def test_nothing_to_see_is_no_share() -> None:
    conclusion = concluded(CHECK, samples.episode())
    assert conclusion.figures == {
        "episodes": 0,
        "without any failure": 0,
        "cannot be seen in these episodes": [f"{mode} {name}" for mode, name in MODES.items()],
    }
    assert conclusion.pictures == [] and conclusion.examples == []


def row(*parts: str) -> Document:
    return Document("FILE:1", "FILE", parts)


def test_in_rows_what_is_said_twice_is_repetition() -> None:
    again = row("Shall we turn over all four cards?", "No.", "shall we  turn over all four cards?", "No.")
    conclusion = concluded(CHECK, again, row("One text.", "Another text, said once only."), row("Text alone."))
    assert conclusion.figures[REPETITION]["episodes"] == 1
    assert conclusion.figures[REPETITION]["of"] == 2
    assert len(conclusion.figures["cannot be seen in these episodes"]) == len(MODES) - 1
    (example,) = conclusion.examples
    assert example.sides == {"found": "somebody says again: shall we  turn over all four cards?"}


def test_what_makes_no_sense_is_left_to_the_checks_that_say_so() -> None:
    broken = meeting("team team")
    broken["world"]["events"][0]["agent"] = "a9"
    assert observed(of_episode(broken)) is None
    strange = meeting("team team") | {"task": "../coordination"}
    assert observed(of_episode(strange)) is None


@pytest.mark.parametrize("task", ["coordination", "negotiation"])
def test_what_is_generated_does_nothing_that_its_scripts_exclude(task: str) -> None:
    made = [each for slot in range(SLOTS) if (each := generated(task, slot))]
    conclusion = concluded(CHECK, *made)
    assert conclusion.findings == []
    assert 10 < conclusion.figures["without any failure"] < conclusion.figures["episodes"]


def test_people_repeat_themselves(tmp_path: Path) -> None:
    """Of a group of DeliData nothing is known but its words and answers; who says what somebody else said agrees."""
    rule = "All cards with vowels have an even number."
    answers = {"ant": ("A", False), "bee": ("A7", True)}
    once, twice = (Group([("ant", rule), ("bee", rule), *more], answers) for more in ([], [("ant", rule)]))
    imported = list(delidata.read(files(tmp_path / "made", rows([once, twice]))))
    conclusion = concluded(CHECK, *imported)
    assert conclusion.findings == []
    assert conclusion.figures[REPETITION]["by group"] == {"DeliData": 0.5}
    assert conclusion.figures[REPETITION]["ids"] == [imported[1]["id"]]
    assert len(conclusion.figures["cannot be seen in these episodes"]) == len(MODES) - 1
