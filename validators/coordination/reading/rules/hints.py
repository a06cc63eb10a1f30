"""What is said of a game of cards and hints (`schemas/coordination/games/hints.py`)."""

from collections.abc import Iterator

from madata.validators.coordination.reading.rules.common import Saying, Sayings, saying


class Rules(Sayings):
    def sayings(self) -> Iterator[Saying]:
        game = self.game
        ranks, hand = game["ranks"], game["hand"]
        deck = list(map(self.fact, game["deck"]))
        cards = self.values(next(iter(game["deck"]), ""))
        order = [self.agents.get(agent, agent) for agent in self.world["order"]]
        rest = max(len(deck) - hand * len(self.names), 0)
        yield saying(
            "what is to be done",
            r"play .. cards .. piles",
            r"(?:one|a pile) .. (?:a|each|every|per) colour",
            r"sees? .. others .. but not .. their own",
        )
        yield saying(
            "a pile",
            r"pile of @ (?:takes|needs|gets|has|consists of) .. in this order",
            each=[
                (colour, *cards[number * ranks : (number + 1) * ranks]) for number, colour in enumerate(game["colours"])
            ],
            lists=True,
        )
        yield saying(
            "how many cards there are of a kind",
            r"(?:each|every) colour",
            r"there are so many cards|how many cards there are",
            r"(?:each|every) (?:place|rank)",
            each=[[part for rank, count in enumerate(game["copies"], 1) for part in (str(rank), str(count))]],
            lists=True,
        )
        yield saying(
            "which cards somebody is dealt",
            r"@ (?:is dealt|has|holds|begins with)",
            r"""
            the first .. (?:is|being) the oldest
            oldest (?:card )?first
            """,
            each=[(name, *deck[number * hand : (number + 1) * hand]) for number, name in enumerate(self.names)],
            lists=True,
        )
        yield saying(
            "how many cards are left",
            r"""
            deck .. # (?:more )?cards?
            # (?:more )?cards? .. deck
            """,
            each=[(str(rest),)],
        )
        yield saying(
            "whose turn it is",
            r"(?:each|every) round .. turn",
            r"in this order",
            r"again",
            each=[order],
            lists=True,
        )
        yield from self.turn()
        yield saying(
            "when it is over",
            r"over .. all piles are .. (?:complete|full)",
            r"# mistakes?",
            r"one more turn after .. last card .. (?:was|is|has been) drawn",
            each=[(str(game["mistakes"]),)],
        )
        yield saying("what is better", r"the fewer cards .. missing .. , the better")

    def turn(self) -> Iterator[Saying]:
        yield saying(
            "what a turn is",
            r"plays .. card , discards .. card , or gives .. hint",
            r"""
            nothing is said .. besides
            nothing else is said
            """,
        )
        yield saying(
            "what it is to play",
            r"card .. played .. goes onto .. pile if it is .. next",
            r"(?:else|otherwise) .. mistake .. discarded",
        )
        yield saying(
            "what it is to draw",
            r"whoever plays or discards .. shows it to all",
            r"draws .. next .. deck",
            r"if there (?:is one|are any)",
        )
        yield saying(
            "what a hint is",
            r"hint tells .. which .. cards .. have .. colour .. or .. rank",
            r"true of at least one",
        )
        yield saying(
            "how many hints there are",
            r"there (?:is|are) # hints? at first",
            r"hint .. given .. uses .. up .. one",
            r"discards? .. gives .. one back",
            r"(?:as long as|if) .. used up",
            each=[(str(self.game["hints"]),)],
        )
        yield saying(
            "when one passes",
            r"""
            only .. can do nothing else .. (?:passes|may pass|can pass)
            (?:pass|passes) only .. can do nothing else
            """,
        )

    def called(self) -> Iterator[tuple[str, str]]:
        """Actions, by what docs/coordination.md says each is."""
        hand, colours, ranks = self.game["hand"], self.game["colours"], range(1, self.game["ranks"] + 1)
        places = [str(place) for place in range(1, hand + 1)]
        hints = [(name, what) for name in self.names for what in (*colours, *map(str, ranks))]
        yield from zip(self.actions, places, strict=False)
        yield from zip(self.actions[hand:], places, strict=False)
        for part in range(2):
            yield from zip(self.actions[2 * hand :], (hint[part] for hint in hints), strict=False)
