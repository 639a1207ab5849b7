"""Which notice has changed a fact: the newer one answers, the older figure is folded in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.answering.amendments.deltas import deltas_in
from knowledge.answering.amendments.joining import tells_change, with_changes_reckoned
from knowledge.answering.amendments.old_values import replaced_in, stands_in
from knowledge.answering.amendments.same_thing import LEEWAY
from knowledge.answering.coverage import Term, clause_around
from knowledge.answering.places import is_about_the_same
from knowledge.answering.ranking import Candidate
from knowledge.chinese.normal import simplified
from knowledge.names import bare_name
from knowledge.notices import Notice
from knowledge.sources import Source

LONG_NAME = 8  # letters; a longer one may stand within a title
LEEWAY_OF_WORDS = 0.35  # where no figure tells that both speak of the same
RESTATED = 0.06  # a new rule that does not say that it is new is worded as the old one
PARTLY = 0.4  # of a list: what a later notice adds to it is said in other words
ENOUGH = 0.5  # but it must still be about the same thing
_OLD_AND_NEW = re.compile(
    r"原[^，。；]{0,20}(?:改|调整|变更|现)|改[在为到至由]|调整[为到至]|延[期至]|推迟"
)
_CHANGES = re.compile(
    r"改[在为到至由]|调整|变更|更正|不再|取消|推迟|延[期至长]|顺延|提前|[增减降升提涨][至为]|提高|降低|放宽|上调|下调|修[改订]|更改"
)
_ADDS = re.compile(r"新增|增设|另[需须行]|增加(?!到|至|为)")
_BESIDES = re.compile(
    r"除(?![夕名])[^。；;]{2,40}?外[，,]?[^。；;]{0,14}(?:还|另|并|同时)[须需应要]"
    r"|在[^，。；;]{2,24}基础上[，,]?[^。；;]{0,10}(?:还|另|再|增加|补充)"
)
_EXCEPTS = re.compile(r"无法|确[因有]|经批准|特殊(?:情况|原因)|替代|代替")  # changes no rule


class Supersession:
    """Knows which notices adjust which; built once over all notices."""

    def __init__(self, notices: Iterable[Notice]) -> None:
        self._newer: list[tuple[str, Notice]] = [
            (bare_name(amended), notice) for notice in notices for amended in notice.amends
        ]

    def settled(
        self, fitting: Sequence[Candidate], terms: Sequence[Term], said: str = ""
    ) -> list[Candidate]:
        """The best candidate, or what a later notice put in its place, before the others.

        What takes its place speaks of the same: of what weighs most among the `terms`.
        `said` is the question: 退回了几个名额 asks for the change itself.
        """
        if not fitting or not self._newer:
            return list(fitting)
        fitting = with_changes_reckoned(fitting, terms, said, self._amends)
        first = fitting[0]
        if first.shift or tells_change(first):
            return list(fitting)
        changes = [
            each
            for each in fitting[1:]
            if _may_change(each, first, terms) and not _is_worked_in(each, first)
        ]
        changed = self._change_of(first, changes)
        if changed is not None:
            return [changed, *(each for each in fitting if not _same_fact(each, first, changed))]
        earlier = self._changed_by(first, fitting, terms)
        if earlier is None:
            return list(fitting)
        settled = replace(
            first, old=_figure(earlier) or _own_old(first), old_source=earlier.passage.source
        )
        return [settled, *(each for each in fitting[1:] if each is not earlier)]

    def with_additions(
        self, best: Sequence[Candidate], fitting: Sequence[Candidate]
    ) -> list[Candidate]:
        """除原通知所列材料外，还须提交…: what it adds to, and what it adds, belong together."""
        if len(best) != 1 or best[0].figure or not self._newer:
            return list(best)
        first = best[0]
        near = [
            each
            for each in fitting
            if each.score >= PARTLY and each.cover >= PARTLY * first.cover
            if each.passage.kind == "clause" and each is not first
        ]
        if _adds_to_a_list(first):
            near = [each for each in near if each.score >= ENOUGH]
            bases = [e for e in near if self._amends(first.passage.source, e.passage.source)]
            return [*bases[:1], first]
        added = [e for e in near if self._amends(e.passage.source, first.passage.source)]
        return [first, *[each for each in added if _adds_to_a_list(each)][:1]]

    def _change_of(self, first: Candidate, changes: Sequence[Candidate]) -> Candidate | None:
        if first.figure is None:
            return self._other_words(first, changes)
        others = sorted(changes, key=lambda each: not _own_old(each))  # that say a change
        for other in others:
            if not _tells_anew(other, first):
                continue
            if self._amends(other.passage.source, first.passage.source):
                old = "" if _figure(first) == _figure(other) else _figure(first)
                return replace(other, score=first.score, old=old, old_source=first.passage.source)
        return None

    def _other_words(self, first: Candidate, changes: Sequence[Candidate]) -> Candidate | None:
        """A change of a place or a rule: said in the words of the newer notice."""
        for other in changes:
            if other.score < max(ENOUGH, first.score - LEEWAY_OF_WORDS):
                break
            says_change = other.passage.kind != "section" and _CHANGES.search(other.passage.text)
            if says_change and self._amends(other.passage.source, first.passage.source):
                return replace(other, score=first.score, old_source=first.passage.source)
        return None

    def _changed_by(
        self, first: Candidate, fitting: Sequence[Candidate], terms: Sequence[Term]
    ) -> Candidate | None:
        if _adds(first):
            return None
        for other in fitting[1:]:
            if (
                other.score >= first.score - LEEWAY
                and self._amends(first.passage.source, other.passage.source)
                and _may_change(first, other, terms)
            ):
                return other
        return None

    def _amends(self, newer: Source, older: Source) -> bool:
        names = [bare_name(name) for name in (older.number, older.title) if name]
        return any(
            amended
            and any(
                amended == name or (len(amended) > LONG_NAME and amended in name) for name in names
            )
            for amended, notice in self._newer
            if bare_name(notice.title) == bare_name(newer.title) and notice.number == newer.number
        )


def _may_change(other: Candidate, first: Candidate, terms: Sequence[Term]) -> bool:
    """由60学时调整为50学时 changes what says 60学时; without the old value, what it speaks of."""
    if old := replaced_in(other.passage.text):
        return any(stands_in(each, first.passage.text) for each in old)
    return is_about_the_same(other, first, terms)


def _is_worked_in(other: Candidate, first: Candidate) -> bool:
    """提交研修总结：1月16日前（按…〔2024〕37号调整） says already what that notice changes."""
    source = other.passage.source
    return f"（按{source.number or source.title}调整）" in first.passage.text


def _tells_anew(other: Candidate, first: Candidate) -> bool:
    """Whether it has a figure that may stand in the place of the first one's."""
    figure, text = other.figure, other.passage.text
    if (
        figure is None
        or figure.replaced
        or tells_change(other)
        or other.score < max(ENOUGH, first.score - LEEWAY)
    ):
        return False
    if figure.basis and not (first.figure and first.figure.basis):
        return False
    if (
        _EXCEPTS.search(text)
        or _says_it_adds(other)
        or (other.passage.entry and not _OLD_AND_NEW.search(text))
    ):
        return False
    return other.score >= first.score - RESTATED or _says_change(other)


def _adds_to_a_list(candidate: Candidate) -> bool:
    return bool(_BESIDES.search(candidate.passage.text))


def _adds(candidate: Candidate) -> bool:
    """新增要求：提交反思1篇 takes the place of nothing."""
    if _adds_to_a_list(candidate):
        return True
    return _says_it_adds(candidate)


def _says_it_adds(candidate: Candidate) -> bool:
    """提高至1800元，增加300元 adds nothing new."""
    text = candidate.passage.text
    for delta in reversed(deltas_in(text)):
        begin, stop = clause_around(text, delta.begin, delta.stop)
        text = text[:begin] + text[stop:]
    return bool(_ADDS.search(f"{candidate.passage.label} {text}"))


def _says_change(candidate: Candidate) -> bool:
    """In its own words or in those of its heading."""
    passage = candidate.passage
    return bool(_CHANGES.search(f"{passage.context} {passage.text}")) or bool(_own_old(candidate))


def _figure(candidate: Candidate) -> str:
    return simplified(candidate.figure.text) if candidate.figure else ""


def _own_old(candidate: Candidate) -> str:
    return next((simplified(f.text) for f in candidate.figures if f.replaced), "")


def _same_fact(each: Candidate, first: Candidate, changed: Candidate) -> bool:
    return each is first or each.passage is changed.passage or _figure(each) == _figure(first)
