"""Whether answers are right: questions with what has to be said, asked of a library and judged."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer, Asker, Clarify, Memory, Unknown, Verdict
from knowledge.chinese.normal import normal

ANSWERED, CLARIFY, UNKNOWN = OUTCOMES = ("answered", "clarify", "unknown")
LONGEST_ANSWER = 900  # characters; beyond it everything is "said" and nothing is answered


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing asked. The patterns are regular expressions over the normal form of the reply."""

    ask: str
    expect: frozenset[str] = frozenset([ANSWERED])  # any of these outcomes is right
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    if_answered: tuple[str, ...] = ()  # where an answer is only allowed, it has to say these


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question, or the turns of a conversation, which is right when every turn is."""

    id: str
    category: str
    asker: Asker
    turns: tuple[Turn, ...]
    known_gap: str = ""  # the mechanism that is lacking; "" where it should be right today


@dataclass(frozen=True, slots=True)
class Miss:
    turn: Turn
    wrong: tuple[str, ...]
    outcome: str
    said: str


@dataclass(frozen=True, slots=True)
class Result:
    question: GoldenQuestion
    misses: tuple[Miss, ...] = ()

    @property
    def right(self) -> bool:
        return not self.misses

    @property
    def wrong_but_sure(self) -> bool:
        """An answer was given that is not right, rather than asked back or left open."""
        return any(miss.outcome == ANSWERED for miss in self.misses)


@dataclass(frozen=True, slots=True)
class Tally:
    right: int
    total: int
    wrong_but_sure: int


def tallied(results: Sequence[Result]) -> Tally:
    return Tally(
        right=sum(result.right for result in results),
        total=len(results),
        wrong_but_sure=sum(result.wrong_but_sure for result in results),
    )


def evaluated(library: Library, questions: Iterable[GoldenQuestion]) -> Iterator[Result]:
    for question in questions:
        yield Result(question, tuple(_misses(library, question)))


def _misses(library: Library, question: GoldenQuestion) -> Iterator[Miss]:
    memory: Memory | None = None
    for turn in question.turns:
        verdict = library.ask(turn.ask, question.asker, memory)
        memory = verdict.memory
        if wrong := tuple(_faults(turn, verdict)):
            yield Miss(turn, wrong, outcome_of(verdict), said_in(verdict))


def outcome_of(verdict: Verdict) -> str:
    match verdict:
        case Answer():
            return ANSWERED
        case Clarify():
            return CLARIFY
        case Unknown():
            return UNKNOWN


def said_in(verdict: Verdict) -> str:
    """The whole reply, buttons included."""
    match verdict:
        case Clarify(text=text, options=options):
            return "\n".join([text, *(option.label for option in options)])
        case Answer(text=text) | Unknown(text=text):
            return text


def _faults(turn: Turn, verdict: Verdict) -> Iterator[str]:
    outcome = outcome_of(verdict)
    if outcome not in turn.expect:
        expected = "|".join(each for each in OUTCOMES if each in turn.expect)
        yield f"{outcome}，应为 {expected}"
        return
    said = _comparable(said_in(verdict))
    needed: tuple[str, ...] = ()
    match verdict:
        case Answer():
            needed = (*turn.must, *turn.if_answered)
            if len(said) > LONGEST_ANSWER:
                yield f"太长：{len(said)} 字"
        case Clarify():
            needed = turn.must
        case Unknown():
            pass
    yield from (f"没有说 {pattern}" for pattern in needed if not pattern_of(pattern).search(said))
    yield from (
        f"不该说 {pattern}" for pattern in turn.must_not if pattern_of(pattern).search(said)
    )


def _comparable(text: str) -> str:
    """Simplified, half-width, lower case, without blanks: how patterns and replies meet."""
    return re.sub(r"\s+", "", normal(text))


@cache
def pattern_of(written: str) -> re.Pattern[str]:
    # \D must not become \d, nor （ open a group, so only what is not ASCII is folded
    folded = (each if each.isascii() else re.escape(normal(each)) for each in written)
    return re.compile("".join(folded), re.IGNORECASE)
