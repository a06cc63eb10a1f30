"""Texts as vectors of their meaning; only where the extra `embeddings` is installed, which the lock leaves out."""

import numpy as np
import pytest
from corpora import concluded

from madata.validators import embeddings
from madata.validators.corpus.document import Document
from madata.validators.diversity import CHECK, apart

needed = pytest.mark.skipif(
    not embeddings.installed(), reason="the extra `embeddings` is not installed (it brings PyTorch)"
)
SAME = ("The cat slept on the sofa.", "A kitten was asleep upon the couch.")
OTHER = "Interest rates rose by half a percent in March."


@needed
def test_what_means_the_same_is_near() -> None:
    first, second, other = embeddings.embedded((*SAME, OTHER))
    assert first @ second > 0.5 > 0.2 > first @ other
    assert np.allclose([first @ first, other @ other], 1)


@needed
def test_any_text_has_a_vector() -> None:
    hostile = ("\ud800\0\x1b[2J", "word " * 5_000, "\u4f60\u597d" * 900)
    found = embeddings.embedded(hostile)
    assert found.shape[0] == 3 and np.isfinite(found).all()
    assert (embeddings.embedded(hostile) == found).all()


@needed
def test_the_check_tells_it() -> None:
    documents = [Document(f"d{number}", "g", (text,)) for number, text in enumerate((*SAME, OTHER))]
    figures = concluded(CHECK, *documents).figures["rows"]
    assert figures["documents embedded"] == 3
    assert 1 < figures["documents as different (Vendi, embeddings)"] < figures["documents as different (Vendi, TF-IDF)"]


def test_where_it_is_not_installed_the_check_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeddings, "installed", lambda: False)
    documents = [Document(f"d{number}", "g", (text,)) for number, text in enumerate((*SAME, OTHER))]
    assert not any("embed" in name for name in concluded(CHECK, *documents).figures["rows"])


def test_the_vendi_score_counts_different_documents() -> None:
    assert apart(np.eye(4), "x") == {"documents as different (Vendi, x)": 4.0, "distance of pairs (x)": 1.0}
    assert apart(np.ones((4, 4)), "x") == {"documents as different (Vendi, x)": 1.0, "distance of pairs (x)": 0.0}
