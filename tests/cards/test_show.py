import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import episode, write

from madata.cards.show import choose, episodes, main, plain, render
from madata.schemas import read_episode

HOSTILE = "\x1b[2J\x1b]0;owned\x07Anna\u202e\u2066\r\nBen\x9b31m\u2028\ufeff"


def test_reads_as_a_story() -> None:
    assert render(read_episode(episode())).splitlines()[1:] == [
        "  0  narration, seen by Anna: Anna entered the kitchen.",
        "  1  narration, seen by Anna and Ben: Ben entered the kitchen.",
        "  2  narration, seen by Anna and Ben: Anna moved the apple to the box.",
        "  3  narration, seen by Anna and Ben: Anna left the kitchen.",
        "  4  narration, seen by Ben: Ben moved the apple to the chest.",
        "first_order_belief, order 1: Where does Anna think the apple is?",
        "  => box",
        "     chest",
        "     (why: turn 2)",
    ]


def test_a_speaker_and_its_hearers() -> None:
    record = episode()
    record["turns"][3] |= {"speaker": "a1", "channel": "private", "text": "The apple is in the box."}
    assert "  3  Anna to Ben, in private: The apple is in the box." in render(read_episode(record))


@given(st.text())
def test_nothing_steers_the_terminal(text: str) -> None:
    assert not {c for c in plain(text) if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}


def test_hostile_fields_are_shown_as_text() -> None:
    record = episode()
    record["agents"][0]["name"] = record["turns"][0]["text"] = record["questions"][0]["options"][1] = HOSTILE
    shown = render(read_episode(record))
    assert "Anna Ben31m" in shown
    assert all(unicodedata.category(c)[0] != "C" for c in shown if c != "\n")


def test_chooses_by_id_and_passes_over_broken_lines(tmp_path: Path) -> None:
    second = episode(2)
    path = write(tmp_path / "some.jsonl", b'{"id": 1}', episode(1), b"{", second)
    assert [e.id for e in episodes(path)] == [episode(1)["id"], second["id"]]
    assert choose(path, second["id"]).id == second["id"]


@pytest.mark.parametrize("lines", [[], [b"{}"], [b"no json"]])
def test_nothing_to_show_is_one_line(lines: list[bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(write(tmp_path / "bad.jsonl", *lines))]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_from_the_shell(tmp_path: Path) -> None:
    path = write(tmp_path / "one.jsonl", episode(3))
    shown = subprocess.run([sys.executable, "-m", "madata.cards.show", path], capture_output=True, check=True, cwd="/")
    assert shown.stdout.decode().startswith(episode(3)["id"])
