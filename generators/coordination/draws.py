"""Random choices of words, a stream for each audience: the words that some hear depend on nothing that others were
told, not even on how often a form was drawn for them (law 4)."""

import random


class Draws:
    def __init__(self, rng: random.Random) -> None:
        self._seed = rng.getrandbits(64)
        self._streams: dict[tuple[str, ...], random.Random] = {}

    def of(self, *whom: str) -> random.Random:
        """The stream of an audience."""
        if whom not in self._streams:
            self._streams[whom] = random.Random(f"{self._seed}/{'/'.join(whom)}")
        return self._streams[whom]
