"""A real model is asked whether texts are toxic. What it says is mostly nonsense; that it adds up can be seen."""

import contextlib
import sqlite3

import orjson
import pytest
from corpora import concluded
from jsonschema import Draft202012Validator
from samples import episode

from madata.validators.asking import Reader
from madata.validators.corpus.document import Document
from madata.validators.moderation import SCHEMA
from madata.validators.safety import CHECK, prepare
from madata.validators.settings import Settings

pytestmark = [pytest.mark.integration, pytest.mark.timeout(300)]


def test_a_real_reader_adds_up(teacher, tmp_path):
    settings = Settings(reader=Reader(teacher.url, teacher.name, tmp_path / "answers.sqlite"))
    rude = Document("rude", "g", ("You are a worthless pig and everybody hates you.",))
    corpus = (rude, *(episode(number) for number in range(7)))
    prepare(settings)
    conclusion = concluded(CHECK, *corpus, settings=settings)
    figures = conclusion.figures["reader"]
    assert figures["documents"] == figures["shown"] == 8
    found = [each for each in conclusion.findings if each.episode != "corpus"]
    assert figures["with toxic wording"] == len(found) <= 8 - figures["unread"] - figures["misread"]
    with contextlib.closing(sqlite3.connect(settings.reader.answers)) as file:
        answers = [text for (text,) in file.execute("SELECT text FROM answers")]
    whole = [text for text in answers if text.endswith("}")]
    assert whole
    for text in whole:
        Draft202012Validator(SCHEMA).validate(orjson.loads(text))
    assert len(whole) == len(answers) - figures["unread"]
    assert concluded(CHECK, *corpus, settings=settings) == conclusion
