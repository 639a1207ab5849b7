"""Carrying the subject on: 那江西呢, 组长呢, 每次几天, 特教的呢, 我是云南的."""

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.answering.framing import word_set
from knowledge.answering.kinds import Asked
from knowledge.answering.question_words import Kind
from knowledge.answering.questions import Question
from knowledge.answering.verdicts import Memory

SHORT = 14  # characters; a longer question stands for itself
_OF_ONESELF = re.compile(r"我们?(?:这边|学校)?(?:就?是|在|来自|属于|的角色是)")
_ELLIPTIC = re.compile(r"^(?:那|那么|如果|要是|换成|我(?:问|说|指)的是)|(?:呢|的话)[?？]?$|的$")


def states_scope(question: Question) -> bool:
    """我是山东的指导教师: says who asks, and asks nothing."""
    return (
        bool(question.provinces or question.roles or question.years)
        and not question.terms
        and question.asked.kind is Kind.OPEN
        and bool(_OF_ONESELF.search(question.text))
    )


def remembered(question: Question, memory: Memory) -> Memory:
    """What the next turn may lean on: the question as it was finally understood."""
    return replace(memory, question=question.text)


def introduced(question: Question, memory: Memory) -> Memory:
    """What somebody said of themselves holds for the rest of the conversation."""
    return replace(
        memory,
        province=question.provinces[0] if question.provinces else memory.province,
        role=question.roles[0] if question.roles else memory.role,
        year=question.years[0] if question.years else memory.year,
    )


def carried_on(read: Question, earlier: Question) -> Iterator[Question]:
    """The ways to read a turn as going on with the one before; none where it stands alone."""
    if names_only_scope(read):
        yield _shifted(earlier, read)
    elif len(read.text) <= SHORT and (earlier.terms or earlier.stages):
        yield from _joined(read, earlier)


def names_only_scope(question: Question) -> bool:
    """那学员呢, 湖北的呢: the question itself is the one before."""
    scoped = question.provinces or question.years or question.roles or question.stages
    bare = not question.terms and question.asked.kind in (Kind.OPEN, Kind.WHETHER)
    return bool(scoped) and bare


def is_elliptic(question: Question) -> bool:
    """Whether the form says that something was left out: 那…呢, 我问的是…, or nothing is named."""
    own = set(question.terms) - word_set("leaning")
    named = own or question.stages or question.roles
    return not named or (question.asked.kind is Kind.OPEN and bool(_ELLIPTIC.search(question.text)))


def _shifted(earlier: Question, read: Question) -> Question:
    """The same question for another province, role, year or stage."""
    named = " ".join((*read.provinces, *map(str, read.years), *read.roles, *read.stages))
    return replace(earlier.with_scope_of(read), text=f"{named} {earlier.bare}".strip())


def _joined(read: Question, earlier: Question) -> Iterator[Question]:
    """The new subject within the old scope, both subjects, or the new for a part of the old."""
    asked = earlier if read.asked.kind is Kind.OPEN else read
    counts = read.asked.kind is Kind.OPEN and earlier.asked.kind in (Kind.COUNT, Kind.DURATION)
    units = (True, False) if counts else (True,)  # 几天 … 网上呢 may be told in 学时
    subject = _subject(earlier)
    kept: list[tuple[str, ...]] = [subject]
    if read.asked.kind is Kind.OPEN:
        kept += [tuple(t for t in subject if t != left_out) for left_out in subject]
        kept.append(())
    elif earlier.stages or earlier.roles:
        kept.insert(0, ())
    for terms, same_unit in ((t, u) for u in units for t in dict.fromkeys(kept)):
        together = tuple(dict.fromkeys((*terms, *read.terms)))
        if together:
            yield replace(
                earlier.with_scope_of(read),
                asked=asked.asked if same_unit else Asked(Kind.COUNT),
                besides=asked.besides,
                guesses=read.guesses,
                conditions=read.conditions,
                terms=together,
                stressed=read.terms,
                text=f"{_scope(earlier, read)} {' '.join(together)} {_asking(asked)}".strip(),
            )


def _subject(earlier: Question) -> tuple[str, ...]:
    """What the turn before was about, without the words that only led to its figure."""
    leaning = word_set("leaning")
    return tuple(t for t in earlier.terms if len(t) > 1 and t not in leaning) or earlier.terms


def _scope(earlier: Question, read: Question) -> str:
    both = earlier.with_scope_of(read)
    return " ".join((*both.provinces, *map(str, both.years), *both.roles, *both.stages))


def _asking(question: Question) -> str:
    """The question words, so that the joined text can be read again in the next turn."""
    return " ".join(question.text[begin:stop] for begin, stop in sorted(set(question.asked.spans)))
