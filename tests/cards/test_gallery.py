"""The page with one episode of every family is what the command makes now."""

from pathlib import Path

from madata.cards.gallery import page

PAGE = Path(__file__).parents[2] / "docs/episodes.md"


def test_the_page_is_what_make_gallery_writes() -> None:
    assert PAGE.read_text("utf-8") == "".join(page()), "write it again: make gallery"
