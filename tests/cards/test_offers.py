"""What is read from words as an offer, of people and of the templates."""

import pytest

from madata.cards.realism.offers import Reader
from madata.generators import make

CAMP = Reader([("food", 3), ("water", 3), ("firewood", 3)])


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("How about I get 3 firewood, 1 food and no water?", (1, 0, 3)),
        ("I'd love it if I could take all 3 waters and 1 firewood.  You can have the rest.", (0, 3, 1)),
        ("you take 3 firewood and 2 food, I take everything else", (1, 3, 0)),
        ("How about 2 waters for me, 2 firewood and 1 food for me?", (1, 2, 2)),
        ("I need 1/3 food, 2/3 water, and 2/3 firewood.", (1, 2, 2)),
        ("I\u2019ll give you two packages of the extra food, two waters and one bundle of wood", (1, 1, 2)),
        ("I can offer 2 food, 1 water and 1 wood", (1, 2, 2)),
        ("If you give me 1 unit each", (1, 1, 1)),
        ("I will give you 1 firewood for 3 waters and 3 foods.", (3, 3, 2)),
        ("I take 2 food and 1 water, you take 1 food, 2 waters and 3 wood", (2, 1, 0)),
        ("one food goes to me and two to you, all the water goes to you, and all the firewood goes to me", (1, 0, 3)),
        ("I would like 3 food and 2 water", None),
        ("I take 3 food, 3 water, 3 wood and you take 1 food", None),
        ("We have 3 food, 3 water and 3 firewood", None),
        ("You can't have 3 food, 3 water and 3 firewood", None),
        ("I need 4 food, 3 water and 3 firewood", None),
        ("3 food, 3 water, 3 firewood", None),
        ("You can have all of the rest if I could get some extra wood.", None),
        ("I need ² food, 9/0 water, 99999999999999999999 firewood", None),
        ("", None),
    ],
)
def test_offer(text: str, offer: tuple[int, ...] | None) -> None:
    assert CAMP.offer(text, "Camper 1", "Camper 2") == offer


def test_names_and_single_things() -> None:
    reader = Reader([("make-up kits", 2), ("festival vouchers", 1)])
    assert reader.offer("Ann gets both make-up kits and Ben gets the festival voucher", "Ann", "Ben") == (2, 0)
    assert reader.offer("Ann gets both make-up kits and Ben gets the festival voucher", "Ben", "Ann") == (0, 1)
    assert reader.offer("Ann gets both festival vouchers and the kits", "Ann", "Ben") is None


def test_templates() -> None:
    """Each proposal of a generated bargain is read as what it is, and nothing else as a proposal."""
    family = make.families("negotiation")["multi_issue"]
    knobs = {name: (knob.low, knob.high) for name, knob in family.knobs.items()} | {"agents": (2, 2)}
    read = 0
    for slot in range(80):
        episode = make.episode("negotiation", ("multi_issue",), knobs, 5, slot, 0)
        issues = episode["world"]["game"]["issues"]
        if any(issue["kind"] != "split" for issue in issues):
            continue
        reader = Reader([(issue["name"], issue["units"]) for issue in issues])
        names = [agent["name"] for agent in episode["agents"]]
        ids = [agent["id"] for agent in episode["agents"]]
        for turn in episode["turns"]:
            if turn["speaker"] is not None:
                place = ids.index(turn["speaker"])
                offer = reader.offer(turn["text"], names[place], names[1 - place])
                act = turn["act"] or {}
                deal = act["content"]["deal"] if act.get("performative") == "propose" else None
                assert offer == (deal and tuple(entry[place] for entry in deal)), turn["text"]
                read += offer is not None
    assert read > 100
