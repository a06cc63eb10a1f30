"""What comes from data, made fit to be shown: the one way of text into a page."""

from html import escape

LONGEST = 1_000


def html(text: str, most: int = LONGEST) -> str:
    """Text for a page: escaped, of at most so many characters."""
    return escape(harmless(cut(text, most), "\n\t"))


def harmless(text: str, but: str = "") -> str:
    """Without characters that steer a terminal or turn the writing direction; those of `but` stay."""
    return "".join(each if each.isprintable() or each in but else "\N{REPLACEMENT CHARACTER}" for each in text)


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def number(value: float) -> str:
    """A number for people: 1,234; 0.2571; 3.2e-07."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.0f}" if abs(value) >= 1e4 else f"{value:.4g}"
