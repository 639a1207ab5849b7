"""What the knowledge calls its things: the words a general dictionary would tear apart."""

import re
from collections.abc import Iterable, Iterator

from knowledge.chinese.normal import normal
from knowledge.documents import Document
from knowledge.notices import Notice, Section

_QUOTED = re.compile(r"[“「『《〈\"]([^“”「」『』《》〈〉\"，。；、\s]{2,8})[”」』》〉\"]")
_SHORT_FOR = re.compile(r"(?:以下|下)?简称[：:]?\s*[“「『\"]?([^“”「」『』\"，。；、）)\s]{2,10})")
_WORD = re.compile(r"[\u3400-\u9fff]{2,8}")


def own_words(documents: Iterable[Document]) -> Iterator[str]:
    """Names in quotation marks, short headings, heads of tables, stages, roles and tasks."""
    for document in documents:
        for notice in document.notices:
            yield from _said_in(notice.title)
            for section in notice.sections:
                yield from _of_section(section)
        for programme in document.programmes:
            yield from _words(*programme.roles)
            for stage in programme.stages:
                yield from _words(stage.name, *(task.title for task in stage.tasks))


def abbreviations(notice: Notice) -> tuple[str, ...]:
    """What the notice says it calls itself or its training for short."""
    text = "\n".join(notice.texts())
    return tuple(dict.fromkeys(hit[1] for hit in _SHORT_FOR.finditer(text)))


def _of_section(section: Section) -> Iterator[str]:
    yield from _words(section.heading)
    for text in (section.heading, *section.paragraphs):
        yield from _said_in(text)
    for table in section.tables:
        yield from _words(*table.header, *(row[0] for row in table.rows if row))
        yield from (word for row in table.rows for cell in row for word in _said_in(cell))
    for child in section.children:
        yield from _of_section(child)


def _said_in(text: str) -> Iterator[str]:
    for pattern in (_QUOTED, _SHORT_FOR):
        yield from _words(*(hit[1] for hit in pattern.finditer(text)))


def _words(*texts: str) -> Iterator[str]:
    for text in texts:
        plain = normal(text)
        if _WORD.fullmatch(plain) and len(plain) <= 6:
            yield plain
