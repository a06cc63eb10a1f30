"""Personal data and toxic wording are found wherever they stand; conduct is told by tag, from the trace if there is
one."""

from typing import Any

import pytest
from corpora import concluded
from generated import generated
from samples import episode, event, seal, turn

from madata.validators.corpus.document import Document, Item, of_episode
from madata.validators.safety import CHECK, fact, hints, listed, personal, tags, toxic
from madata.validators.settings import DEFAULT

PERSONAL = [
    ("Write to anna.berg+x@mail.example.org today", "an e-mail address"),
    ("call +44 20 7946 0958", "a phone number"),
    ("call (020) 7946 0958.", "a phone number"),
    ("call 212-555-0123", "a phone number"),
    ("paid with 4111 1111 1111 1111, thanks", "a card number"),
    ("Amex 3782 822463 10005", "a card number"),
    ("number 078-05-1120", "a social security number"),
    ("to GB82 WEST 1234 5698 7654 32 please", "an account number (IBAN)"),
    ("She lives at 221b Baker Street", "a postal address"),
    ("12 Old Mill Rd. is empty", "a postal address"),
]
HARMLESS = [
    "mail me @ noon, 3 @ 4 coins",
    "the code 4111 1111 1111 1112 fails its check digit",
    "1 2 3 4 5 6 7 8 9 10 11 12 13",
    "0.123456789 and 10,000,000,000",
    "in 2019-2020, from 10:30 to 11:45, 1234567890 grains",
    "GB82 WEST 1234 5698 7654 33",
    "3 coins for the Street, 12 boxes on the road",
    "000-12-3456 and 666-12-3456",
]


@pytest.mark.parametrize(("text", "kind"), PERSONAL)
def test_personal_data(text: str, kind: str) -> None:
    assert list(personal(text)) == [kind]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_it(text: str) -> None:
    assert list(personal(text)) == []


@pytest.mark.parametrize(
    "text", ["You IDIOT!", "you\u2019re an idiot", "What bullshit.", "two bastards", "Oh, go kill yourself"]
)
def test_toxic_wording(text: str) -> None:
    assert list(toxic(text))


@pytest.mark.parametrize("text", ["Scunthorpe", "a cockpit", "Dick shut the door", "a shiitake", "You are idiotic"])
def test_words_have_boundaries(text: str) -> None:
    assert list(toxic(text)) == []


def test_the_list_has_each_entry_once() -> None:
    single, phrases = listed()
    assert all(entry == entry.lower().strip() for entry in (*single, *phrases))
    assert len(phrases) > 10 and len(single) > 100


def test_a_finding_names_the_kind_and_never_repeats_it() -> None:
    record = episode()
    record["turns"][1]["text"] = "Ben wrote to ben@mail.example.org, that bastard."
    record["questions"][0]["options"][1] = "212-555-0123"
    record = seal(record)
    conclusion = concluded(CHECK, record, episode(1))
    assert [(each.episode, each.where, each.found) for each in conclusion.findings] == [
        (record["id"], "turn 1", "an e-mail address"),
        (record["id"], "turn 1", "'bastard'"),
        (record["id"], "question q1", "a phone number"),
    ]
    assert conclusion.figures["tom"] == {"documents": 2, "personal data": 1, "toxic wording": 1}
    assert conclusion.figures["examples"]["personal data"] == [record["id"]]
    (example,) = conclusion.examples
    assert "bastard" in example.sides["turn 1"]


def test_a_lie_is_told_from_the_trace() -> None:
    """Anna, who saw it go into the box, says that it is in the chest; Ben, who moved it, says so truly."""
    both = {"a1": "full", "a2": "full"}
    record = episode()
    record["world"]["events"] = record["world"]["events"][:3]
    told = {"variable": "v1", "holds": True, "reach": "room", "to": []}
    honest = event("tell", both, agent="a1", value="c1", **told)
    false = event("tell", both, agent="a1", value="c2", **told)
    record["turns"] = [turn(0, "Something happens.", ["a1"])]
    for last, expected in ((honest, []), (false, ["deception"])):
        record["world"]["events"][3:] = [last]
        assert list(tags(of_episode(record))) == expected


def test_a_story_that_makes_no_sense_has_no_tags() -> None:
    """Other checks say what is wrong with it."""
    record = episode()
    told = {"variable": "v9", "value": "c1", "holds": True, "reach": "room", "to": []}
    record["world"]["events"].append(event("tell", {"a1": "full"}, agent="a1", **told))
    assert list(tags(of_episode(record))) == []


def test_lies_agree_with_the_questions_that_were_generated_about_them() -> None:
    for record in generated("tom", 30):
        answers = [each["answer"] for each in record["questions"] if each["query"]["kind"] == "lie"]
        if ["a lie"] in answers:
            assert "deception" in tags(of_episode(record))


def bargain() -> dict[str, Any]:
    """Three of whom two agreed."""
    return next(
        record
        for record in generated("negotiation", 30)
        if len(record["agents"]) > 2
        and record["outcome"].get("ended") == "agreement"
        and len(record["outcome"]["supporters"]) < len(record["agents"])
    )


def test_a_coalition_leaves_one_out() -> None:
    record = bargain()
    found = set(tags(of_episode(record)))
    out = [agent["id"] for agent in record["agents"] if agent["id"] not in record["outcome"]["supporters"]]
    parties = {party["agent"]: party for party in record["world"]["game"]["parties"]}
    loses = any(record["outcome"]["points"][agent] < parties[agent]["reservation"] for agent in out)
    assert "exclusion" in found
    assert ("collusion" in found) >= loses
    assert ("threats" in found) == any(each["kind"] == "threaten" for each in record["world"]["events"])
    assert ("deception" in found) == bool(record["outcome"]["lies"])


def test_an_unfair_outcome() -> None:
    record = bargain()
    for fairness, expected in ((0.1, True), (-1.0, True), (0.9, False), (None, False)):
        changed = record | {"outcome": record["outcome"] | {"fairness": fairness}}
        assert ("unfair outcome" in tags(of_episode(changed))) == expected


def test_a_team_in_which_nobody_speaks_to_one() -> None:
    record = next(
        each for each in generated("coordination", 16) if len(each["agents"]) > 2 and each["outcome"]["messages"]
    )
    messages = [each for each in record["world"]["events"] if each.get("to")]
    to = [messages[0]["to"][0]]
    silent = record | {"world": record["world"] | {"events": [messages[0] | {"to": to}]}}
    everybody = [agent["id"] for agent in record["agents"]]
    open_ = record | {"world": record["world"] | {"events": [messages[0] | {"to": everybody}]}}
    assert "exclusion" in tags(of_episode(silent))
    assert "exclusion" not in tags(of_episode(open_))


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("She pretended to be asleep.", "deception"),
        ("Just between us, we take it all.", "collusion"),
        ("Pay, or else!", "threats"),
        ("That is so unfair.", "unfair"),
        ("They left him out of it, so he was left out.", "exclusion"),
    ],
)
def test_rows_give_hints_by_their_words(text: str, tag: str) -> None:
    document = Document("d", "g", (text,))
    assert list(tags(document)) == [f"{tag} (words)"]
    assert concluded(CHECK, document).findings == []


def test_what_we_generate_has_neither() -> None:
    for task in ("tom", "negotiation", "coordination"):
        assert concluded(CHECK, *generated(task)).findings == []


@pytest.mark.parametrize(
    "text", ["a." * 50_000 + "@", "1 " * 50_000 + "x", "1-" * 50_000, "A1" * 50_000, "\ud800\0 \u0663" * 9]
)
def test_hostile_rows_take_no_time(text: str) -> None:
    document = Document("d", "g", (text,), (Item("q", text, (text,), (), {}),))
    found = fact(document, DEFAULT)
    assert (found.tags, found.faults) == ((), ())
    assert len(hints()) == 5
