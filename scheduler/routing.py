"""Whose turn it is to answer: up from the leader to the tutor to the provincial expert."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from storage.answerers import Answerer
from storage.questions import Waiting
from storage.roster import EXPERT, LEADER, TUTOR, Recipient
from storage.turns import UNREACHABLE, Turn

LADDER = (LEADER, TUTOR, EXPERT)
COLLEAGUES = 3  # experts who are asked one after the other before the question is left open
BAND = 5  # questions more or less that nearness outweighs


@dataclass(frozen=True, slots=True)
class Choice:
    """`skipped` would have been asked before, but cannot be written to."""

    chosen: Answerer | None
    skipped: tuple[Answerer, ...] = ()


def choose(
    question: Waiting,
    answerers: Sequence[Answerer],
    history: Sequence[Turn],
    busy: Mapping[int, int],
) -> Choice:
    """The next who is asked. Nobody is asked twice, except who could not be reached then."""
    had_it = {turn.person_id for turn in history if turn.outcome != UNREACHABLE}
    skipped: list[Answerer] = []
    for role in _rungs(question, history):
        here = [each for each in answerers if each.role == role and each.person.id not in had_it]
        for each in sorted(here, key=_order(question, busy)):
            if each.person.can_be_written_to:
                return Choice(each, tuple(skipped))
            skipped.append(each)
    return Choice(None, tuple(skipped))


def newly_skipped(choice: Choice, history: Sequence[Turn]) -> Iterator[Answerer]:
    known = {turn.person_id for turn in history if turn.outcome == UNREACHABLE}
    return (each for each in choice.skipped if each.person.id not in known)


def _rungs(question: Waiting, history: Sequence[Turn]) -> Sequence[str]:
    """Those above the last who had it, or above the asker; experts ask each other."""
    asked = [turn.role for turn in history if turn.outcome != UNREACHABLE]
    last = next((role for role in reversed(asked) if role in LADDER), question.asker_role)
    if last == EXPERT:
        return (EXPERT,) if asked.count(EXPERT) < COLLEAGUES else ()
    return LADDER[LADDER.index(last) + 1 :] if last in LADDER else LADDER


def _order(
    question: Waiting, busy: Mapping[int, int]
) -> Callable[[Answerer], tuple[bool, int, bool, int, int]]:
    def order(each: Answerer) -> tuple[bool, int, bool, int, int]:
        waiting = busy.get(each.person.id, 0)
        return (
            _differs(question.subject, each.person.subject),
            waiting // BAND,
            _is_elsewhere(question, each.person),
            waiting,
            each.person.id,
        )

    return order


def _is_elsewhere(question: Waiting, person: Recipient) -> bool:
    return _differs(question.province, person.province) or _differs(question.area, person.area)


def _differs(one: str, other: str) -> bool:
    return bool(one) and one != other


def may_see(person: Recipient, question: Waiting, groups: Collection[int]) -> bool:
    """In the queue of whom it stands; `groups` are those in their care."""
    mine = person.role_in(question.programme)
    if person.coordinator:
        return True
    if mine is None or mine.role not in LADDER or person.id == question.asked_by:
        return False
    if question.group_id is not None:
        return question.group_id in groups and _is_above(mine.role, question.asker_role)
    return mine.role != LEADER and not _differs(
        question.province, person.province or question.province
    )


def _is_above(role: str, asker_role: str) -> bool:
    if asker_role not in LADDER:
        return True
    return role == EXPERT or LADDER.index(role) > LADDER.index(asker_role)
