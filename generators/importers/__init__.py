"""Public data as episodes: one file a source, each with `read`, `NAME`, `LICENCE` and `ALLOWED_USE`."""


class ImportFailed(ValueError):
    """A foreign file that cannot be imported: one line that says where, what, and how to mend it."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))
