"""Generated deliberations beside people's: figures of dialogues made up by hand."""

import json
from pathlib import Path

import pytest
from delidata import Group, files, rows
from runs import write_run

from madata import cli
from madata.cards import realism
from madata.cards.realism import coordination, figures
from madata.generators.importing import import_run
from madata.schemas import canonical
from madata.validators.lines import InputError

ALIKE = {"ann": ("A7", True), "bob": ("A7", True)}
TALK = Group(
    said=[
        ("ann", "Hello all"),
        ("ann", "Which cards do we turn?"),
        ("bob", "Let's turn A and 7"),
        ("ann", "Yes, A and 7. But why 7?"),
        ("bob", "ok"),
    ],
    answers=ALIKE,
)
SHORT = Group(said=[("ann", "A"), ("bob", "Sorry, 8")], answers={"ann": ("A", False), "bob": ("8", False)}, seconds=30)


def run(path: Path, *groups: Group) -> Path:
    import_run("delidata", files(path.with_name(f"{path.name}-files"), rows(groups)), path)
    return path


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return run(tmp_path / "people", TALK, SHORT)


def test_dialogue(people: Path) -> None:
    side = figures.read(coordination.KIND, people)
    assert (side.episodes, side.comparable) == (2, 2)
    first, second = side.dialogues
    assert first.turns == [(f"a{'ann bob'.split().index(who)}", text) for who, text in TALK.said]
    assert (first.seconds, second.seconds) == ([7, 7, 7, 7], [30])
    assert (first.agreed, first.success, second.agreed, second.success) == (True, True, False, False)


def test_figures(people: Path) -> None:
    measured = coordination.measure(figures.read(coordination.KIND, people).dialogues)
    # Of "Which cards do we turn?" nothing was said before; "turn" in "Let's turn A and 7" was; and so on.
    taken = [0, 1 / 6, 3 / 6, 0]
    assert measured.pop("words taken from the turn before") == [pytest.approx(sum(taken) / 4), 0]
    assert measured == {
        "turns a dialogue": [5, 2],
        "words a turn": [2, 5, 6, 7, 1, 1, 2],
        "distinct words per 1,000": [],
        "turns of the most talkative": [3 / 5, 1 / 2],
        "speaker changes": [3 / 4, 1],
        "questions": [2 / 5, 0],
        "acknowledgements": [2 / 5, 0],
        "proposals": [1 / 5, 0],
        "repairs": [1 / 5, 1 / 2],
        "seconds between turns": [7, 7, 7, 7, 30],
        "agreement rate": [0.5],
        "success rate": [0.5],
    }


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("ok", "acknowledges"),
        ("  ...Okay then", "acknowledges"),
        ("Great. How about A?", "acknowledges proposes"),
        ("The okapi", ""),
        ("I'd turn the vowel", "proposes"),
        ("my answer: A and 7", "proposes"),
        ("Is it even", ""),
        ("No, not the 8", "repairs"),
        ("I don\u2019t agree", "repairs"),
        ("There is no 8", ""),
        ("sorry I meant 7", "repairs"),
        ("Actually we should wait", "proposes repairs"),
        ("butter", ""),
    ],
)
def test_what_a_turn_does(text: str, does: str) -> None:
    found = {
        "acknowledges": coordination.ACKNOWLEDGES.match(text),
        "proposes": coordination.PROPOSES.search(text),
        "repairs": coordination.REPAIRS.search(text),
    }
    assert " ".join(name for name, match in found.items() if match) == does


def test_convergence(people: Path) -> None:
    tenths = coordination.proposing(figures.read(coordination.KIND, people))
    # Five turns stand in every other tenth, two in the first and the sixth; only the third of five turns proposes.
    assert [(point.median, point.values) for point in tenths] == [(0, 2), (0, 1), (1, 1), (0, 1), (0, 1), (0, 1)]
    assert [point.values for point in coordination.proposing(figures.Side(people, 0, 0, []))] == []


def test_comparison(people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    families = ["--family", "schedule", "--family", "maze"]
    generated = tmp_path / "generated"
    assert cli.run(["generate", "coordination", *families, "--n", "6", "--out", str(generated)]) == 0
    capsys.readouterr()
    assert cli.run(["realism", str(generated), str(people), "--out", str(tmp_path / "out")]) == 0
    assert "| speaker changes " in capsys.readouterr().out
    found = {figure.name: figure for figure in realism.compare(generated, people).figures}
    assert found["seconds between turns"].generated is None
    assert found["turns a dialogue"].human == figures.Spread(2.75, 3.5, 4.25, 2)
    page = (tmp_path / "out" / "realism.md").read_text()
    assert "6 episodes, 6 of them deliberations of a group, 6 compared" in page
    assert (tmp_path / "out" / "proposals.png").read_bytes().startswith(b"\x89PNG")
    assert json.loads((tmp_path / "out" / "realism.json").read_bytes())["runs"]["human"]["compared"] == 2


def test_what_is_no_deliberation(people: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"tom has no deliberations of a group among its 4 episodes: name a run"):
        realism.compare(write_run(tmp_path / "tom", n=4), people)
    games = tmp_path / "games"
    families = [part for family in ("graph", "hints", "pursuit") for part in ("--family", family)]
    assert cli.run(["generate", "coordination", *families, "--n", "6", "--out", str(games)]) == 0
    with pytest.raises(InputError, match="games has no deliberations of a group among its 6 episodes"):
        realism.compare(games, people)


def test_tampered_clocks_are_left_out(people: Path, tmp_path: Path) -> None:
    episode = json.loads((people / "episodes" / "part-00000.jsonl").read_bytes().splitlines()[0])
    episode["world"]["game"]["clock"] = [0]
    file = tmp_path / "tampered.jsonl"
    file.write_bytes(canonical(episode) + b"\n")
    [dialogue] = figures.read(coordination.KIND, file).dialogues
    assert (len(dialogue.turns), dialogue.seconds) == (5, [])
