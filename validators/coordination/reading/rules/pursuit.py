"""What is said of those who enclose a target (`schemas/coordination/games/pursuit.py`)."""

from collections.abc import Iterator

from madata.validators.coordination.reading.rules.common import COMPASS, Saying, nth, saying, so
from madata.validators.coordination.reading.rules.maps import Map


class Rules(Map):
    def sayings(self) -> Iterator[Saying]:
        game = self.game
        track = zip(self.values(game["target"]), map(self.square, game["track"]), strict=False)
        yield saying("what is to be done", r"(?:has|have) to (?:enclose|surround) .. target")
        yield from self.grid()
        yield from self.blocked(game["walls"], "wall")
        yield from self.starts()
        yield from self.moves()
        yield saying(
            "that nobody is in the way of anybody",
            r"several .. can .. (?:be|stand) .. (?:one|the same) square",
            r"target .. (?:in nobody 's way|blocks nobody)",
        )
        yield saying(
            "where the target begins",
            r"depends on @ .. which .. squares? .. target .. in round #",
            each=[(self.fact(game["target"]), "1", *(part for place in track for part in dict.fromkeys(place)))],
            lists=True,
        )
        yield saying(
            "that the target moves",
            r"(?:each|every) round after .. next of .. squares",
            r"after the last .. first again",
            each=so(game["moving"]),
        )
        yield saying(
            "that the target stays",
            r"(?:it|the target) (?:stays|remains) (?:there|put|where it is)",
            each=so(not game["moving"]),
        )
        yield saying(
            "when it is done",
            r"done (?:if|when|once|as soon as) .. after .. moves",
            r"(?:somebody|someone) .. (?:every|each) square next to",
            r"round that follows|next round",
            r"as far as .. on the map and no walls?",
            each=[COMPASS],
        )
        yield saying(
            "how far everybody sees",
            r"at most # .. away from the target .. beginning of .. round",
            r"rows and columns .. added",
            r"sees (?:it|the target)",
            r"knows it from .. on",
            each=[(str(game["sight"]),)],
        )
        yield saying(
            "how somebody searches",
            r"""
            (?:as long as|while) it is not known to @
            until it is known to @
            """,
            r"@ (?:searches|goes|moves)(?: like this| as follows)",
            each=[
                (name, name, *(nth(self.actions, action) for action in route))
                for name, route in zip(self.names, game["routes"], strict=False)
            ],
            lists=True,
        )
        yield saying(
            "how searching goes on",
            r"one .. (?:a|each|per) round from round # on",
            r"after the last .. first again",
            r"whoever cannot .. stays",
            each=[("1",)],
        )
        yield from self.course()
