"""Carrying the subject on: 那江西呢, 组长呢, 每次几天, 我是云南的."""

from collections.abc import Iterator
from dataclasses import replace

from knowledge.answering.kinds import Kind
from knowledge.answering.questions import Question
from knowledge.answering.verdicts import Memory

SHORT = 12  # characters; a longer question stands for itself


def remembered(question: Question) -> Memory:
    """What the next turn may lean on: the question as it was finally understood."""
    return Memory(
        question=question.text,
        province=question.provinces[0] if len(question.provinces) == 1 else "",
        role=question.roles[0] if len(question.roles) == 1 else "",
        year=question.years[0] if len(question.years) == 1 else None,
    )


def carried_on(read: Question, earlier: Question | None, memory: Memory) -> Iterator[Question]:
    """The ways to read a turn, the likeliest first; nothing where it stands for itself."""
    if earlier is None:
        return
    has_scope = bool(read.provinces or read.years or read.roles or read.stages)
    if not read.terms and has_scope and read.asked.kind in (Kind.OPEN, Kind.WHETHER):
        yield _shifted(earlier, read)
    elif not read.terms and read.asked.kind is not Kind.OPEN and earlier.terms:
        yield replace(earlier.with_scope_of(read), asked=read.asked, guesses=read.guesses)
    elif len(read.text) <= SHORT and earlier.terms:
        yield read
        joined = tuple(dict.fromkeys((*earlier.terms, *read.terms)))
        asked = earlier.asked if read.asked.kind is Kind.OPEN else read.asked
        yield replace(
            earlier.with_scope_of(read),
            asked=asked,
            terms=joined,
            guesses=read.guesses,
            text=f"{earlier.text} {read.text}",
        )


def _shifted(earlier: Question, read: Question) -> Question:
    """The same question for another province, role, year or stage."""
    named = " ".join((*read.provinces, *map(str, read.years), *read.roles, *read.stages))
    return replace(earlier.with_scope_of(read), text=f"{named} {earlier.bare}".strip())
