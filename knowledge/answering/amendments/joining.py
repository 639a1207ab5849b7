"""An old amount and what a later notice adds or takes away, joined in one candidate."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge.answering.amendments.deltas import deltas_in, is_delta
from knowledge.answering.amendments.reckoning import Total, total
from knowledge.answering.amendments.same_thing import LEEWAY
from knowledge.answering.coverage import Term
from knowledge.answering.places import is_about_the_same
from knowledge.answering.ranking import Candidate
from knowledge.chinese.normal import simplified
from knowledge.sources import Source

Amends = Callable[[Source, Source], bool]  # the newer, the older
BESIDE = 0.06  # another amount this near may be meant as well
_ASKED = re.compile(
    r"(?:增加|增补|追加|调增|核增|减少|调减|核减|退回?|收回|调剂|划给|调出|调入|提高|降低|上调|下调|延长|缩短|压减|多|少)"
    r"(?:给|出)?了(?![到至为成])|(?:增加|增补|追加|调增|减少|调减|核减|退回|收回|调剂|提高|延长|缩短)(?:[几多]|名额|的)"
)
_TELLS_TOTAL = re.compile(r"(?:调整|变更|增加|减少|增补|调剂|变动)(?:之)?后|现(?:共|为|有)")


def tells_change(candidate: Candidate) -> bool:
    """Whether its figure is by how much something changes, and no value: 退回4人."""
    figure = candidate.figure
    return bool(figure and not candidate.shift and is_delta(candidate.passage.text, figure.begin))


def with_changes_reckoned(
    fitting: Sequence[Candidate], terms: Sequence[Term], said: str, amends: Amends
) -> list[Candidate]:
    """No change stands as the answer by itself, unless it is asked for: `said` is the question.

    Where it can be joined to the old amount, the new one leads; else the old one, or the words.
    """
    changes = [each for each in fitting if _is_change(each)]
    if not changes:
        return list(fitting)
    if _ASKED.search(said):
        first = max(each.score for each in fitting)
        asked = [each for each in changes if each.figure and each.score >= first - LEEWAY]
        return [*asked, *(each for each in fitting if each not in asked)]
    rest = [each for each in fitting if each not in changes]
    if any(_tells_total(each, change, terms) for change in changes for each in rest):
        return rest
    named = _named(changes, rest, amends)
    if not named:
        return [replace(each, figures=()) if each in changes else each for each in fitting]
    base, change, new = named[0]
    if base is not rest[0] and change is not fitting[0]:
        return rest
    if not new.text or _others_meant(named):
        return [base, *(each for each in rest if each is not base)]
    others = [each for each in rest if _value(each) != _value(base)]
    return [_joined(base, change, new), *others]


def _is_change(each: Candidate) -> bool:
    """A change, whether or not its amount is one of the asked kind: 2个语文名额."""
    passage = each.passage
    if each.figure and not tells_change(each):
        return False
    return bool(passage.notice and passage.notice.amends and deltas_in(passage.text))


def _tells_total(each: Candidate, change: Candidate, terms: Sequence[Term]) -> bool:
    """调整后，怒江州为11人, said in the same notice: nothing has to be worked out."""
    mine, theirs = each.passage, change.passage
    return (
        each.figure is not None
        and not tells_change(each)
        and mine.notice is theirs.notice
        and each.score >= change.score - LEEWAY
        and bool(_TELLS_TOTAL.search(f"{mine.around} {mine.text}"))
        and is_about_the_same(each, change, terms)
    )


def _named(
    changes: Sequence[Candidate], rest: Sequence[Candidate], amends: Amends
) -> list[tuple[Candidate, Candidate, Total]]:
    """The older amounts that the changes are said of, best first."""
    return [
        (base, change, new)
        for base in rest
        for change in changes
        if base.figure and base.score >= change.score - LEEWAY
        if amends(change.passage.source, base.passage.source)
        for new in [total(base.passage, base.figure.begin, change.passage.text)]
        if new is not None
    ]


def _others_meant(named: Sequence[tuple[Candidate, Candidate, Total]]) -> bool:
    """Whether several changes are said of the amount, or one of several amounts."""
    base, change, _ = named[0]
    return any(
        each.passage.text != change.passage.text
        if other is base
        else _value(other) != _value(base) and other.score >= base.score - BESIDE
        for other, each, _ in named[1:]
    )


def _value(candidate: Candidate) -> tuple[float, ...]:
    return candidate.figure.values if candidate.figure else ()


def _joined(base: Candidate, change: Candidate, new: Total) -> Candidate:
    assert base.figure is not None
    told = deltas_in(change.passage.text)[0]
    figure = replace(base.figure, text=new.text, begin=told.begin, stop=told.stop)
    return replace(
        change,
        score=max(base.score, change.score),
        cover=max(base.cover, change.cover),
        figures=(replace(figure, values=(new.value,)),),
        old=simplified(base.figure.text),
        old_source=base.passage.source,
        shift=simplified(new.said),
    )
