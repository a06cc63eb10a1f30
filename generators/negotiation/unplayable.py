"""What cannot be played: a game that makes no sense, or a move that is not allowed."""


class Unplayable(ValueError):
    """`where` names the field or the event, `why` says in one line what is wrong with it."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why
