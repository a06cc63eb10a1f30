"""A generated run beside one of people: what is measured, of what, and what is written."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from runs import write_run

from madata import cli
from madata.cards import realism
from madata.cards.realism import figures, negotiation
from madata.generators.importers import casino
from madata.generators.importing import import_run
from madata.schemas import canonical
from madata.validators.lines import InputError

A, B = "mturk_agent_1", "mturk_agent_2"
NEEDS = {A: ("Firewood", "Food", "Water"), B: ("Water", "Firewood", "Food")}

Said = tuple[str, str]
Mine = tuple[int, int, int]


def row(number: int, said: Iterable[Said], deal: Mine | None) -> dict[str, Any]:
    """A CaSiNo dialogue of what is said, and then a deal of the first participant, or none."""
    items = ("Food", "Water", "Firewood")
    if deal:
        shares = {"issue2youget": deal, "issue2theyget": [3 - units for units in deal]}
        task_data = {side: dict(zip(items, map(str, units), strict=True)) for side, units in shares.items()}
        buttons = [
            {"text": "Submit-Deal", "task_data": task_data, "id": A},
            {"text": "Accept-Deal", "task_data": {}, "id": B},
        ]
    else:
        buttons = [{"text": "Walk-Away", "task_data": {}, "id": A}]
    outcomes = {"points_scored": 0, "satisfaction": "", "opponent_likeness": ""}
    return {
        "dialogue_id": number,
        "participant_info": {
            who: {
                "value2issue": dict(zip(("High", "Medium", "Low"), needs, strict=True)),
                "value2reason": {"High": "", "Medium": "", "Low": ""},
                "outcomes": outcomes,
            }
            for who, needs in NEEDS.items()
        },
        "chat_logs": [*({"text": text, "task_data": {}, "id": who} for who, text in said), *buttons],
    }


TALK = [
    (A, "Hello there! I'd like 3 food, 2 water and 3 firewood."),
    (A, "Is that fine?"),
    (B, "No. I take 3 water, 2 firewood and no food."),
    (A, "So I take all the food and 1 firewood, and you 3 water?"),
    (A, "Or I take 3 food, 1 water and 2 firewood."),
    (B, "I get 2 water and 1 firewood, you get the rest. Deal."),
]


def run(path: Path, *rows: dict[str, Any]) -> Path:
    file = path.with_suffix(".json")
    file.write_text(json.dumps(rows))
    import_run("casino", [file], path)
    return path


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return run(tmp_path / "people", row(1, TALK, (3, 1, 2)), row(2, TALK[:3], None))


def test_dialogue(people: Path) -> None:
    side = figures.read(negotiation.KIND, people)
    assert (side.episodes, side.comparable) == (2, 2)
    first, second = side.dialogues
    assert [len(turn) for turn in first.turns] == [15, 10, 23, 12]
    # The second turn of A settles firewood in two ways; the button repeats what B offered last.
    assert first.offers == [("a0", 33 / 36), ("a1", 23 / 36), ("a1", 14 / 36)]
    assert (first.agreed, first.pareto, first.joint) == (True, False, (25 + 14) / 42)
    assert second.offers == first.offers[:2]
    assert (second.agreed, second.pareto, second.joint) == (False, None, None)
    assert first.camp_site and second.camp_site


def test_figures(people: Path) -> None:
    measured = negotiation.measure(figures.read(negotiation.KIND, people).dialogues)
    assert measured == {
        "turns a dialogue": [4, 2],
        "words a turn": [15, 10, 23, 12, 15, 10],
        "distinct words per 1,000": [],
        "offers a dialogue": [3, 2],
        "first offer, own worth / greatest": [33 / 36, 23 / 36, 33 / 36, 23 / 36],
        "agreement rate": [0.5],
        "Pareto optimal deals": [0.0],
        "joint points / greatest": [39 / 42],
    }
    assert figures.spread([1, 2, 3, 4, 5]) == figures.Spread(2, 3, 4, 5)
    assert figures.spread([]) is None


def test_blocks() -> None:
    assert figures.blocks("abcdefg", 3) == ["abc", "def"]
    assert figures.blocks("ab", 3) == ["ab"]
    assert figures.blocks("", 3) == []


def test_inside_and_outside(tmp_path: Path, people: Path) -> None:
    same = realism.compare(people, people)
    assert {figure.name: figure.inside for figure in same.figures if figure.inside is not True} == {
        "distinct words per 1,000": None
    }
    curt = run(tmp_path / "curt", *(row(number, [(A, "Well?")], (1, 1, 1)) for number in range(3)))
    found = {figure.name: figure for figure in realism.compare(curt, people).figures}
    assert found["turns a dialogue"].generated == figures.Spread(1, 1, 1, 3)
    assert found["turns a dialogue"].human == figures.Spread(2.5, 3, 3.5, 2)
    assert found["turns a dialogue"].inside is False
    # Only the button makes an offer: 1 food (4), 1 water (3) and 1 firewood (5) of 36.
    assert found["first offer, own worth / greatest"].generated == figures.Spread(12 / 36, 12 / 36, 12 / 36, 3)


def test_concessions(people: Path) -> None:
    talk = [(A, "I take 3 food, 3 water and 3 wood."), (B, "No."), (A, "I take 3 food, 3 water and 2 wood.")]
    side = figures.read(negotiation.KIND, run(people.with_name("one"), row(1, talk, (3, 3, 1))))
    assert negotiation.concessions(side) == [
        figures.Spread(share, share, share, 1) for share in (36 / 36, 31 / 36, 26 / 36)
    ]


def test_files(tmp_path: Path, people: Path) -> None:
    table = realism.write(realism.compare(people, people), tmp_path / "a" / "out")
    assert "| turns a dialogue " in table and "| inside " in table and "| too few " in table
    page = (tmp_path / "a" / "out" / "realism.md").read_text()
    assert table in page
    assert "2 episodes, 2 of them bargains of two over splits, 2 compared" in page
    written = json.loads((tmp_path / "a" / "out" / "realism.json").read_bytes())
    assert written["runs"]["human"]["compared"] == 2 and written["compared"] == negotiation.ABOUT
    assert written["figures"]["turns a dialogue"] == {
        "human": {"q1": 2.5, "median": 3.0, "q3": 3.5, "values": 2},
        "generated": {"q1": 2.5, "median": 3.0, "q3": 3.5, "values": 2},
        "inside": True,
    }
    assert [point["values"] for point in written["concessions"]["human"]] == [4]
    picture = tmp_path / "a" / "out" / "concessions.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    before = picture.read_bytes()
    assert realism.write(realism.compare(people, people), tmp_path / "a" / "out") == table
    assert picture.read_bytes() == before


def test_camp_site_where_there_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people = run(tmp_path / "people", *(row(number, TALK, (3, 1, 2)) for number in range(6)))
    episodes = [json.loads(line) for line in (people / "episodes" / "part-00000.jsonl").read_text().splitlines()]
    for episode in episodes[:2]:
        episode["world"]["game"]["parties"][0]["worth"] = [6, 4, 2]
    mixed = tmp_path / "mixed.jsonl"
    mixed.write_bytes(b"".join(canonical(episode) + b"\n" for episode in episodes))
    assert realism.compare(mixed, people).compared == negotiation.ABOUT
    assert len(realism.compare(mixed, people).generated.dialogues) == 6
    monkeypatch.setattr(negotiation, "ENOUGH", 4)
    comparison = realism.compare(mixed, people)
    assert comparison.compared == "bargains about CaSiNo's camp site"
    assert (comparison.generated.comparable, len(comparison.generated.dialogues)) == (6, 4)
    monkeypatch.setattr(negotiation, "ENOUGH", 5)
    assert realism.compare(mixed, people).compared == negotiation.ABOUT


def party(index: int, **changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda episode: episode["world"]["game"]["parties"][index].update(changes)


@pytest.mark.parametrize(
    "tamper",
    [
        party(0, worth=[5, 4]),
        party(0, worth=[5, 4, [3, 3, 3]]),
        party(0, worth=[0, 0, 0]),
        party(0, agent="a1"),
        party(0, agent="z9"),
        lambda episode: episode["agents"].append({**episode["agents"][0], "id": "a2"}),
        lambda episode: episode["agents"][0].update(id="a1"),
        lambda episode: episode["outcome"]["welfare"].update(points=[0, -1]),
        lambda episode: episode["outcome"].update(welfare=None),
        lambda episode: episode["world"]["game"]["issues"].pop(),
        lambda episode: episode["world"]["game"]["issues"].__setitem__(
            0, {"kind": "choice", "id": "i0", "name": "food", "options": ["much", "little"]}
        ),
        lambda episode: episode.update(
            outcome={"kind": "donor", "points": {}, "survivors": [], "total": 0, "best": 0, "efficiency": 0, "lies": []}
        ),
    ],
)
def test_tampered_records_are_left_out(tmp_path: Path, people: Path, tamper: Callable[[dict[str, Any]], None]) -> None:
    first, second = (people / "episodes" / "part-00000.jsonl").read_bytes().splitlines()
    episode = json.loads(first)
    tampered = deepcopy(episode)
    tamper(tampered)
    file = tmp_path / "tampered.jsonl"
    file.write_bytes(canonical(tampered) + b"\n{\n" + second + b"\n")
    assert figures.read(negotiation.KIND, file).comparable == 1


def test_nothing_to_compare(tmp_path: Path, people: Path) -> None:
    other = write_run(tmp_path / "tom", n=4)
    with pytest.raises(InputError, match=r"tom has no bargains of two over splits among its 4 episodes: name a run"):
        realism.compare(other, people)
    with pytest.raises(InputError, match="does not exist"):
        realism.compare(people, tmp_path / "nowhere")
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="choose another directory with --out"):
        realism.write(realism.compare(people, people), tmp_path / "file")


def test_verb(people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["realism", str(people), str(people), "--out", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out.startswith("| figure ")
    assert cli.run(["realism", str(people), str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.startswith("madata: ")


def test_matplotlib_only_to_draw() -> None:
    code = "import sys, madata.cards.realism; sys.exit('matplotlib' in sys.modules)"
    subprocess.run([sys.executable, "-P", "-c", code], check=True)


def test_import_is_known() -> None:
    assert (casino.NAME, casino.LICENCE, casino.ALLOWED_USE) == ("casino", "CC-BY-4.0", "training")
