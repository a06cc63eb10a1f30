"""Nobody says of a fact what they do not know."""

import pytest

from madata.generators import make
from madata.tests.validators.coordination.voices import accept, ask, inform, judged, line, propose
from madata.validators.coordination import wording
from madata.validators.coordination.privacy import CHECK, faults

UNKNOWN = "nothing of {} that the speaker cannot know"


@pytest.mark.parametrize(
    ("scene", "event", "text", "fact"),
    [
        ("maze", inform((1, 1)), "B1 is a wall, and C3 is open.", "square C3"),
        ("maze", inform((1, 1)), "B1 is a wall, and B1 is open.", "square B1"),
        ("maze", None, "By the way, C3 isn't a wall.", "square C3"),
        ("maze", accept(3), "I accept Bastien's last proposal, as C3 is open.", "square C3"),
        (
            "schedule",
            propose(1, 3),
            "Let's meet on Saturday. Kofi's Saturday at 8 is convenient.",
            "Kofi's Saturday at 8",
        ),
        ("maze", None, "C3 is open or it's a wall.", "square C3"),
    ],
)
def test_what_the_speaker_cannot_know(scene, event, text, fact):
    assert UNKNOWN.format(fact) in [fault.expected for fault in faults(line(scene, event, text))]


@pytest.mark.parametrize(
    ("scene", "event", "text"),
    [
        ("maze", inform((1, 1)), "B1 is a wall."),
        ("maze", inform((8, 1)), "C3 is a wall."),
        ("maze", None, "As I know, A1 is open."),
        ("maze", None, "Bastien told us: C2 is a wall, and A3 is open."),
        ("maze", ask(8), "Is C3 open or a wall?"),
        ("maze", ask(8), "Tell me if C3 is a wall."),
    ],
)
def test_what_is_known_told_or_asked(scene, event, text):
    assert list(faults(line(scene, event, text))) == []


def test_faithful_lines_disclose_nothing():
    faithful = [said for said, right in judged() if right and not list(wording.faults(said))]
    assert [said.text for said in faithful if list(faults(said))] == []


def test_a_finding_names_the_turn():
    episode = make.episode("coordination", ("maze",), {}, 3, 0, 0)
    told = next(turn for turn in episode["turns"] if turn["speaker"] and turn["event"] is not None)
    hidden = next(
        fact
        for fact in episode["world"]["facts"]
        if told["speaker"] not in fact["known"] and fact["value"] == 0 and fact["name"] not in told["text"]
    )
    told["text"] += f" And {hidden['name']} is open."
    episode["provenance"]["spoken"] = [{"turn": told["index"]}]
    found = [finding for finding in CHECK.judge(episode) if hidden["name"] in finding.expected]
    assert [finding.where for finding in found] == [f"turn {told['index']}"]
