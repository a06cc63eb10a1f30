"""What somebody who does not think would answer: of the options, the one that the story mentions first, last, or most.

Where such a cue is often right, a question can be answered without what it asks about (the check `shortcuts` measures
that). So an asker looks for questions that `mislead`, and asks as many of them as of others.
"""

from collections.abc import Iterator, Sequence


class Cues:
    """Those of one story, told in `texts`."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._text = "\n".join(texts).lower()
        self._places: dict[str, list[int]] = {}

    def mislead(self, options: Sequence[str], answer: Sequence[str]) -> bool:
        """Whether each cue points at an option that is wrong."""
        return not self.picks(options).intersection(answer)

    def picks(self, options: Sequence[str]) -> set[str]:
        """What the cues point at, if at anything; of options mentioned equally often, all."""
        told = {option: places for option in options if (places := self.places(option))}
        if not told:
            return set()
        first = min(told, key=lambda option: told[option][0])
        last = max(told, key=lambda option: told[option][-1])
        most = max(map(len, told.values()))
        return {first, last, *(option for option, places in told.items() if len(places) == most)}

    def places(self, option: str) -> list[int]:
        """Where an option is mentioned, as words of its own."""
        if (found := self._places.get(option)) is None:
            found = self._places[option] = list(self._find(option.lower()))
        return found

    def _find(self, words: str) -> Iterator[int]:
        text = self._text
        at = text.find(words)
        while at >= 0:
            end = at + len(words)
            if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
                yield at
            at = text.find(words, end)
