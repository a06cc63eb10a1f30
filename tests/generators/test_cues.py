"""What cues point at, and when they mislead."""

import pytest

from madata.generators.cues import Cues

CUES = Cues(["Anna has an apple, Ben a pear.", "Ben gives Anna a plum; the apple is old, and the Apple pie too."])


@pytest.mark.parametrize(
    ("options", "picks"),
    [
        (["pear", "apple", "plum"], {"apple"}),  # first, last and most
        (["pear", "plum"], {"pear", "plum"}),
        (["fig", "plum"], {"plum"}),
        (["fig", "date"], set()),
        (["app", "pear"], {"pear"}),  # only words of their own count
        (["gives Anna", "pear"], {"gives Anna", "pear"}),
    ],
)
def test_cues_point_at_what_is_mentioned_first_last_and_most(options: list[str], picks: set[str]) -> None:
    assert CUES.picks(options) == picks
    assert CUES.mislead(options, ["fig"]) and all(not CUES.mislead(options, [pick]) for pick in picks)
