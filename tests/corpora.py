"""What a check concludes over a corpus of a few records."""

from typing import Any

from madata.validators.check import Check, Conclusion
from madata.validators.corpus.document import Document, of_episode
from madata.validators.settings import DEFAULT, Settings


def concluded(check: Check, *corpus: dict[str, Any] | Document, settings: Settings = DEFAULT) -> Conclusion:
    """Episodes (JSON values) and documents, in order."""
    assert check.fact is not None and check.conclude is not None
    documents = [each if isinstance(each, Document) else of_episode(each) for each in corpus]
    facts = [check.fact(document, settings) for document in documents]
    return check.conclude(iter([fact for fact in facts if fact is not None]), settings)
