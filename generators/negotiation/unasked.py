"""A query that has no answer by docs/negotiation.md, so that it is not asked."""


class Unasked(ValueError):
    """Says in one line why."""
