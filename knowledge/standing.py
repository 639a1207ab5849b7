"""Documents as they stand together: of two programmes the later holds, and notices move days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.chinese.normal import normal
from knowledge.documents import Document
from knowledge.programme.amending import amended


def as_they_stand(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Of programmes with one title or one code the last holds, as an import replaces what is
    bundled; their days are those that later notices have moved them to."""
    programmes = [programme for document in documents for programme in document.programmes]
    titled = {normal(programme.title): programme for programme in programmes}
    coded = {programme.code: programme for programme in programmes}
    notices = [notice for document in documents for notice in document.notices]
    return tuple(
        replace(
            document,
            programmes=tuple(
                amended(
                    [
                        p
                        for p in document.programmes
                        if titled[normal(p.title)] is p and coded[p.code] is p
                    ],
                    notices,
                )
            ),
        )
        for document in documents
    )


def known_on(documents: Sequence[Document], day: date) -> tuple[Document, ...]:
    """What was known on a day. Undated sources stay: nobody can say that they came later."""

    def there(issued: date | None) -> bool:
        return issued is None or issued <= day

    return tuple(
        replace(
            document,
            notices=tuple(one for one in document.notices if there(one.issued)),
            entries=tuple(one for one in document.entries if there(one.source.issued)),
            programmes=tuple(one for one in document.programmes if there(one.source.issued)),
        )
        for document in documents
    )
