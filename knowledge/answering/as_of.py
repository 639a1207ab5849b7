"""What was known on a day: documents without what was issued later."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.documents import Document
from knowledge.sources import Source


def known_on(documents: Sequence[Document], day: date) -> tuple[Document, ...]:
    """Undated sources stay: nobody can say that they came later."""

    def there(issued: date | None) -> bool:
        return issued is None or issued <= day

    def cited(source: Source) -> bool:
        return there(source.issued)

    return tuple(
        replace(
            document,
            notices=tuple(notice for notice in document.notices if there(notice.issued)),
            entries=tuple(entry for entry in document.entries if cited(entry.source)),
            programmes=tuple(p for p in document.programmes if cited(p.source)),
        )
        for document in documents
    )
