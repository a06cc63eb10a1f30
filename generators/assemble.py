"""What is alike in the content of every task's episodes: its questions and its provenance."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from madata import __version__
from madata.generators.family import Asked
from madata.generators.voices import SCRIPTED_NAME

if TYPE_CHECKING:
    from madata.generators.teachers.cast import Cast

SCRIPTED = {"name": SCRIPTED_NAME, "revision": "1", "sampling": {}}
"""The built-in templates, as a teacher."""


def questions(asked: Iterable[Asked]) -> list[dict[str, Any]]:
    return [
        {
            "id": f"q{number}",
            "ability": each.ability,
            "order": each.order,
            "query": each.query.model_dump(),
            "text": each.text,
            "options": each.options,
            "answer": each.answer,
            "evidence": each.evidence,
            "view": each.view,
        }
        for number, each in enumerate(asked)
    ]


def provenance(cast: "Cast | None") -> dict[str, Any]:
    """Of a first attempt; the templates are the first teacher, the models of the cast follow."""
    return {
        "generator": f"madata {__version__}",
        "mode": cast.config.mode if cast else "verbalise",
        "teachers": [SCRIPTED, *(cast.teachers if cast else ())],
        "spoken": cast.spoken if cast else [],
        "attempts": 1,
        "source": None,
    }
