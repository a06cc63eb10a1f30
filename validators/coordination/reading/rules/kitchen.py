"""What is said of a kitchen (`schemas/coordination/games/kitchen.py`)."""

from collections.abc import Iterator

from madata.validators.coordination.reading.rules.common import COMPASS, Saying, nth, saying
from madata.validators.coordination.reading.rules.maps import Map


class Rules(Map):
    def sayings(self) -> Iterator[Saying]:
        game = self.game
        recipe, portions = self.fact(game["recipe"]), str(game["portions"])
        soups = self.values(game["recipe"])
        yield saying(
            "what is to be done",
            r"cook and serve .. right soup",
            r"# portions? .. crate (?:for|of) @",
            each=[(portions, recipe)],
        )
        yield saying(
            "what those assume who do not know",
            r"whoever does not know (?:it|that|this)",
            r"(?:and )?is not told",
            r"(?:takes it|assumes|supposes) that @ is @",
            each=[(recipe, nth(soups, 0))],
        )
        yield from self.grid()
        yield from self.blocked(game["counters"], "counter")
        yield from self.starts()
        yield from self.moves()
        yield from self.collisions()
        yield from self.stations(soups)
        yield from self.cooking(portions)
        yield from self.taking(soups)
        yield saying(
            "in which order it is done",
            r"done .. besides moving .. in this order",
            r"not possible any more .. nothing comes of it",
            each=[self.names],
        )
        yield saying(
            "when it is done",
            r"done (?:when|once|as soon as) .. right soup .. served",
            r"another .. is lost",
        )
        yield from self.giving_up()
        yield from self.course()

    def stations(self, soups: list[str]) -> Iterator[Saying]:
        for station, verb in (("pot", "is"), ("dishes", "are"), ("window", "is")):
            yield saying(
                f"where the {station} {verb}",
                rf"the {station} .. (?:is|are|stands?) (?:on|at) .. @",
                each=[(self.square(self.game[station]),)],
            )
        yield saying(
            "where a crate is",
            r"the crate (?:for|of|with) @ (?:is|stands) (?:on|at) .. @",
            each=zip(soups, map(self.square, self.game["crates"]), strict=False),
        )
        yield saying(
            "what one can hold, and what is next to a place",
            r"""
            (?:a cook )?holds .. one thing .. at most
            (?:a cook )?holds .. at most one thing
            """,
            r"next to .. (?:place|station)",
            each=[COMPASS],
        )

    def cooking(self, portions: str) -> Iterator[Saying]:
        yield saying(
            "when one can put something into the pot",
            r"to @ : next to the pot",
            r"holding an ingredient",
            r"(?:as long as|if|while|when) .. fewer than # portions?",
            each=[(nth(self.actions, 5), portions)],
        )
        yield saying(
            "how long it cooks",
            r"last portion is in .. soup cooks",
            r"# rounds? after .. round",
            r"the soup is (?:done|ready)",
            each=[(str(self.game["cooking"] + 1),)],
        )

    def taking(self, soups: list[str]) -> Iterator[Saying]:
        yield saying(
            "when one can take the soup",
            r"to @ : next to the pot",
            r"holding a dish",
            r"when the soup is (?:done|ready)",
            r"then the pot is empty",
            each=[(nth(self.actions, 6),)],
        )
        yield saying(
            "when one can serve the soup",
            r"to @ : next to the window",
            r"holding the soup",
            each=[(nth(self.actions, 7),)],
        )
        yield saying(
            "when one can take a dish",
            r"to @ : next to the dishes",
            r"holding nothing",
            each=[(nth(self.actions, 8),)],
        )
        yield saying(
            "when one can take an ingredient",
            r"to @ : next to .. crate (?:for|of|with) @",
            r"holding nothing",
            each=[(nth(self.actions, 9 + number), soup) for number, soup in enumerate(soups)],
        )
