"""Documents as they stand together: of two programmes the later holds, and notices move days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.chinese.normal import normal
from knowledge.documents import Document
from knowledge.notices import Notice, Section, Table
from knowledge.programme.amending import amended, left_to_check
from knowledge.programme.values import Programme


def as_they_stand(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Of programmes with one title or one code the last holds, as an import replaces what is
    bundled; their days are those that later notices have moved them to. The table that a replaced
    one was read from says nothing any more: its days may be the old ones."""
    holding = _holding(documents)
    notices = [notice for document in documents for notice in document.notices]

    def holds(one: Programme) -> bool:
        return any(one is each for each in holding)

    return tuple(
        replace(
            document,
            notices=_without_tables_of(
                [one for one in document.programmes if not holds(one)], document.notices
            ),
            programmes=tuple(amended([one for one in document.programmes if holds(one)], notices)),
        )
        for document in documents
    )


def not_followed(documents: Sequence[Document], notice: Notice) -> list[str]:
    """What one of the notices changes in words that no programme follows."""
    notices = [each for document in documents for each in document.notices]
    return left_to_check(_holding(documents), notices, notice)


def _holding(documents: Sequence[Document]) -> list[Programme]:
    programmes = [programme for document in documents for programme in document.programmes]
    titled = {normal(programme.title): programme for programme in programmes}
    coded = {programme.code: programme for programme in programmes}
    return [
        one for one in programmes if titled[normal(one.title)] is one and coded[one.code] is one
    ]


def _without_tables_of(
    replaced: Sequence[Programme], notices: tuple[Notice, ...]
) -> tuple[Notice, ...]:
    for programme in replaced:
        tasks = [task for stage in programme.stages for task in stage.tasks]
        said = [normal(task.detail or task.title) for task in tasks]
        notices = tuple(
            replace(notice, sections=tuple(_without(said, part) for part in notice.sections))
            for notice in notices
        )
    return notices


def _without(said: Sequence[str], section: Section) -> Section:
    """A table is the programme's where it says most of its tasks; so are the rows of one that was
    taken apart, each a part under the words of its first cell."""
    rows = [child for child in section.children if child.heading and not child.number]
    old = rows if _say_most(["\n".join(row.texts()) for row in rows], said) else []
    return replace(
        section,
        tables=tuple(table for table in section.tables if not _say_most(_cells(table), said)),
        children=tuple(_without(said, child) for child in section.children if child not in old),
    )


def _cells(table: Table) -> list[str]:
    return [cell for row in (table.header, *table.rows) for cell in row]


def _say_most(texts: Sequence[str], said: Sequence[str]) -> bool:
    whole = normal("\n".join(texts))
    return 2 * sum(words in whole for words in said) >= len(said) > 0


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
