"""The door to everything that is known: documents in, a verdict out."""

from collections.abc import Sequence

from knowledge.answering.verdicts import Asker, Memory, Unknown, Verdict
from knowledge.documents import Document


class Library:
    """Immutable once built; build a new one when a document is added or withdrawn."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = tuple(documents)

    def ask(self, question: str, asker: Asker, memory: Memory | None = None) -> Verdict:
        return Unknown("没有查到相关规定。", memory or Memory())
