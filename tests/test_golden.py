"""The same seed gives the same bytes as when they were last looked at."""

from pathlib import Path

from golden import lines

GOLDEN = Path(__file__).parent / "data" / "golden.txt"


def test_the_bytes_are_what_they_were() -> None:
    assert "".join(lines()) == GOLDEN.read_text("utf-8"), "if it is meant to be: make golden"
