"""Answer, ask back, or say that it is not known: where the line is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.answering.amendments.changes import Changes
from knowledge.answering.amendments.moved_days import moved
from knowledge.answering.amendments.renewing import renewed
from knowledge.answering.amendments.supersession import Supersession
from knowledge.answering.confidence import sureness
from knowledge.answering.coverage import Term
from knowledge.answering.equals import equals_of, says_the_same
from knowledge.answering.fitting import tells
from knowledge.answering.not_known import not_known
from knowledge.answering.passages import Passage
from knowledge.answering.places import meant_by_many, named_only_elsewhere
from knowledge.answering.precedence import admitted, aged, lies_elsewhere, narrowed
from knowledge.answering.question_words import Kind
from knowledge.answering.questions import Question
from knowledge.answering.ranking import Candidate, Ranker
from knowledge.answering.scoping import Wanted, wanted
from knowledge.answering.thresholds import ANSWER, ASK, MAYBE, SURE
from knowledge.answering.verdicts import Answer, Asker, Clarify, Memory, Option, Unknown, Verdict
from knowledge.answering.wording import changed_since, one_answer, short, side_by_side
from knowledge.chinese.normal import simplified

ON_A_BUTTON = 40  # characters of a clause that is offered
ABREAST = 3  # answers shown side by side; more of them: ask back
ROWS = 8  # the same where names are asked for, as in 哪几个校区
REMARKS = 2  # later changes told beside an answer
OPTIONS = 4  # buttons that are still read
_ASKS_FOR_A_LIST = {Kind.WHAT, Kind.TASKS, Kind.OPEN}


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with the score of what it rests on, so that readings can be compared."""

    verdict: Verdict
    score: float
    sureness: float = 1.0  # how likely it is that the best may be told, from 0 to 1
    best: tuple[Candidate, ...] = ()  # what an answer was made from
    stands_alone: bool = False  # made from a programme for a role and a day


class Decider:
    def __init__(
        self,
        ranker: Ranker,
        supersession: Supersession,
        changes: Changes,
        newest: Mapping[str, int],
    ) -> None:
        """`newest`: the last year that each province has notices of."""
        self.ranker = ranker
        self.supersession = supersession
        self.changes = changes
        self.newest = newest

    def decide(self, question: Question, asker: Asker, memory: Memory) -> Decision:
        """`memory` is what the verdict leaves behind."""
        limits = wanted(question, asker.province, asker.year)
        terms = self.ranker.terms(question)
        candidates = self._candidates(question, limits, terms)
        fitting = self._fitting(question, candidates, limits, terms)
        score = fitting[0].score if fitting else 0.0
        best = narrowed(equals_of(fitting, question), question) if fitting else []
        sure = sureness(fitting, best, question, limits) if fitting else 0.0
        if (
            score < MAYBE
            or sure < ASK
            or lies_elsewhere(fitting, candidates, question.own)
            or named_only_elsewhere(fitting[0], candidates, limits, terms)
        ):
            unknown = Unknown(not_known(question, candidates, limits), memory)
            return Decision(unknown, score, sure)
        clear = sure >= ANSWER
        if clear and (places := meant_by_many(fitting, question, limits, terms)):
            return Decision(_which_place(question, places, memory), score, sure)
        if not (clear and self.ranker.says_enough(question)):
            return Decision(_ask_back(question, fitting, memory), score, sure)
        if len(best) > (ROWS if question.asked.listed else ABREAST):
            return Decision(_ask_back(question, best, memory), score, sure)
        return self._told(question, best, fitting, limits, memory, sure)

    def _candidates(
        self, question: Question, limits: Wanted, terms: Sequence[Term]
    ) -> list[Candidate]:
        candidates = self.ranker.ranked(question)
        if not terms:
            candidates = self.ranker.holding(question)
            candidates.sort(key=lambda each: not question.mine & each.passage.scope.roles)
        candidates = aged(candidates, limits, question.today, self.newest)
        return sorted(candidates, key=lambda each: -each.score)

    def _fitting(
        self,
        question: Question,
        candidates: Sequence[Candidate],
        limits: Wanted,
        terms: Sequence[Term],
    ) -> list[Candidate]:
        """Those that the scope admits, with what later notices put in their place."""
        of_scope = {*question.stages, *question.roles}
        about = [term for term in terms if term.word not in of_scope] or terms
        admissible = admitted(question, candidates, limits)
        return self.supersession.settled(admissible, about, question.text)

    def _told(
        self,
        question: Question,
        best: list[Candidate],
        fitting: Sequence[Candidate],
        limits: Wanted,
        memory: Memory,
        sure: float,
    ) -> Decision:
        if question.asked.kind in _ASKS_FOR_A_LIST:
            best = self.supersession.with_additions(best, fitting)
        best += self._besides(question, best, limits)
        best = [self._as_changed(each) for each in best]
        later = self.changes.of([each.passage for each in best if not each.old_source])
        answer = _answer(question, best, later, memory)
        return Decision(answer, fitting[0].score, sure, tuple(best))

    def _as_changed(self, candidate: Candidate) -> Candidate:
        """With the value that a later notice puts in the place of its own, where that is plain."""
        later = self.changes.of([candidate.passage])
        return moved(renewed(candidate, later), later)

    def _besides(
        self, question: Question, best: Sequence[Candidate], limits: Wanted
    ) -> list[Candidate]:
        """The answers to the other halves of a double question, where `best` lacks them."""
        found: list[Candidate] = []
        for asked in question.besides:
            if any(tells(asked, each.passage) for each in best):
                continue
            half = replace(question, asked=asked)
            ranked = admitted(half, self.ranker.ranked(half), limits)
            if ranked and ranked[0].score >= SURE:
                found.append(ranked[0])
        return found[: ABREAST - 1]


def _answer(
    question: Question, best: Sequence[Candidate], later: Sequence[Passage], memory: Memory
) -> Verdict:
    """`later`: clauses that change what the best still say."""
    cited = [each.passage.source for each in best]
    cited += [each.old_source for each in best if each.old_source]
    cited += [each.source for each in later[:REMARKS]]
    text = one_answer(best[0], question) if len(best) == 1 else side_by_side(best, question)
    text = "\n".join((text, *map(changed_since, later[:REMARKS])))
    return Answer(text, tuple(dict.fromkeys(cited)), memory)


def _which_place(question: Question, places: dict[str, Candidate], memory: Memory) -> Verdict:
    options = [
        Option(
            f"{place}：{short(simplified(each.passage.source.title), ON_A_BUTTON)}",
            f"{place}{question.text}",
        )
        for place, each in places.items()
    ]
    return Clarify("您问的是哪个省的？", tuple(options[:OPTIONS]), memory)


def _ask_back(question: Question, candidates: Sequence[Candidate], memory: Memory) -> Verdict:
    options: dict[str, Option] = {}
    for candidate in _distinct(candidates):
        option = _option(question, candidate)
        if candidate.score >= MAYBE and len(options) < OPTIONS:
            options.setdefault(option.label, option)
    return Clarify("您想问的是？", tuple(options.values()), memory)


def _distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    for candidate in candidates:
        if not any(says_the_same(candidate, each) for each in kept):
            kept.append(candidate)
    return kept


def _option(question: Question, candidate: Candidate) -> Option:
    passage = candidate.passage
    if passage.entry:
        return Option(simplified(passage.entry.question), passage.entry.question)
    if passage.task and passage.stage:
        label = f"{passage.label}：{simplified(passage.task.title)}"
        figure = f"（{simplified(candidate.figure.text)}）" if candidate.figure else ""
        return Option(label + figure, f"{passage.task.role}{passage.stage.name}{question.bare}")
    place = "" if question.provinces else "、".join(sorted(passage.scope.provinces))
    place = f"{place}：" if place and place != question.home else ""
    return Option(
        short(f"{place}{passage.text}", ON_A_BUTTON),
        f"{place.rstrip('：')}{passage.label} {question.bare}".strip(),
    )
