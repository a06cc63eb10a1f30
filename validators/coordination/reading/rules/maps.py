"""What is said of a map: its squares, where nobody can go, where everybody starts, and how one moves on it."""

from collections.abc import Iterator

from madata.validators.coordination.reading.rules.common import COMPASS, Saying, Sayings, nth, saying, so


class Map(Sayings):
    def grid(self) -> Iterator[Saying]:
        rows, columns = self.game["rows"], self.game["columns"]
        yield saying(
            "rows and squares of a row, and how they are told",
            r"# rows? (?:of|with|by|and) # .. (?:squares?|columns?)",
            r"from north to south and .. from west to east",
            each=[(str(rows), str(columns), "north", "south", "west", "east")],
        )
        yield saying(
            "a row",
            r"row #",
            each=[
                (str(row + 1), *self.squares[row * columns : (row + 1) * columns])
                for row in range(min(rows, len(self.squares)))
            ],
            lists=True,
        )

    def blocked(self, squares: list[int], kind: str) -> Iterator[Saying]:
        """Which squares nobody can enter, and why."""
        yield saying(
            f"squares with a {kind}",
            rf"""
            (?:nobody|no one|none of them) (?:can|may) .. (?:enter|cross|pass|stand on) .. {kind}s?
            {kind}s? cannot be (?:entered|crossed|passed|stood on)
            """,
            rf"{kind}s? (?:stands?|is|are) (?:on|at) .. squares?",
            each=[(self.square(square),) for square in squares],
            chunks=1,
            ordered=0,
            lists=True,
        )
        yield saying(
            f"no {kind}",
            rf"""
            no square (?:is|has|holds) .. {kind}
            there (?:is|are) no {kind}s?
            """,
            each=so(not squares),
        )

    def starts(self) -> Iterator[Saying]:
        starts = map(self.square, self.game["starts"])
        yield saying(
            "where each starts",
            r"""
            at the (?:start|beginning|outset)
            (?:starts?|begins?) (?:on|at|in|from)
            """,
            r"@ (?:is|starts|begins|stands) .. @",
            each=zip(self.names, starts, strict=False),
            chunks=2,
            ordered=2,
        )

    def moves(self) -> Iterator[Saying]:
        named = [each for number, way in enumerate(COMPASS, 1) for each in (nth(self.actions, number), way)]
        yield saying(
            "what the moves are",
            r"to @ is to (?:move|go|step|walk) .. next square",
            r"(?:nobody|no one|none of them) (?:can|may) .. leave .. map",
            each=[named],
        )

    def collisions(self) -> Iterator[Saying]:
        yield saying(
            "what comes of moves that collide",
            r"would (?:move|go|step) .. square where (?:somebody|someone) else",
            r"(?:change|swap|exchange|trade) (?:places|squares)",
            r"stays .. instead",
            r"in the way of others .. so do they",
        )
        yield saying(
            "that one can follow",
            r"(?:move|go|step|follow) .. square that (?:somebody|someone) .. (?:leaves|is leaving)",
            r"is (?:possible|allowed)",
        )

    def giving_up(self) -> Iterator[Saying]:
        yield saying(
            "when they give up",
            r"(?:give up|over) after # rounds .. nothing .. (?:changed|changes)",
            r"nothing was said or arrived",
            each=[("3",)],
        )

    def course(self) -> Iterator[Saying]:
        """How a round goes, and what it is all for."""
        yield saying(
            "how a round goes",
            r"(?:speaks?|talks?) first|first .. (?:speaks?|talks?)",
            r"then .. (?:acts?|moves?) .. at (?:once|the same time)",
            r"(?:whoever|who) does nothing .. stays",
        )
        yield saying(
            "who hears a request",
            r"asked to do .. only .. who is asked hears",
        )
        yield saying(
            "what is seen by all, and that sooner is better",
            r"""
            where (?:everybody|everyone|each) is .. (?:all|everybody|everyone) .. sees?
            (?:all|everybody|everyone) .. sees? .. where
            """,
            r"the (?:sooner|faster|earlier) .. (?:done|finished) , the better",
        )
