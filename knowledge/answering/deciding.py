"""Answer, ask back, or say that it is not known: where the line is drawn."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from knowledge.answering.changes import Changes
from knowledge.answering.confidence import ANSWER, ASK, confidence, signals
from knowledge.answering.figures import same_figure
from knowledge.answering.fitting import fits, tells
from knowledge.answering.moved_days import moved
from knowledge.answering.not_known import not_known
from knowledge.answering.own_sources import names_of
from knowledge.answering.passages import Passage
from knowledge.answering.places import meant_by_many, named_only_elsewhere
from knowledge.answering.precedence import admitted, aged, lies_elsewhere, narrowed
from knowledge.answering.question_words import Kind
from knowledge.answering.questions import Question
from knowledge.answering.ranking import Candidate, Ranker
from knowledge.answering.renewing import renewed
from knowledge.answering.scoping import Wanted, wanted
from knowledge.answering.supersession import Supersession
from knowledge.answering.thresholds import CLOSE, MAYBE, NEARLY, SURE
from knowledge.answering.verdicts import Answer, Asker, Clarify, Memory, Option, Unknown, Verdict
from knowledge.answering.wording import changed_since, one_answer, short, side_by_side
from knowledge.chinese.normal import normal, simplified

CLOSE_BROAD = 0.16  # where a question names one thing only, entries this near are meant as well
CLOSE_TASK, AS_COVERED = 0.18, 0.03  # so are tasks this near that hold as many of the words
ASKED_SO = 1.0  # the very words of a phrasing
WELL_COVERED = 0.8  # a sentence that says so much is no rival of the section it stands in
ALIKE = 75  # of 100: two entries that ask the same
ON_A_BUTTON = 40  # characters of a clause that is offered
ABREAST = 3  # answers shown side by side; more of them: ask back
ROWS = 8  # the same where names are asked for, as in 哪几个校区
REMARKS = 2  # later changes told beside an answer
OPTIONS = 4  # buttons that are still read
_ASKS = re.compile(r"地[点址]|联系|电话|负责人")  # a head that says what stands below it
_ASKS_FOR_A_LIST = {Kind.WHAT, Kind.TASKS, Kind.OPEN}
_UNIT_OF_LAND = re.compile(r"(?<=..)[市县区州]$")


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with the score of what it rests on, so that readings can be compared."""

    verdict: Verdict
    score: float
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
        candidates = self.ranker.ranked(question)
        limits = wanted(question, asker.province, asker.year)
        if not (terms := self.ranker.terms(question)):
            candidates = self.ranker.holding(question)
            candidates.sort(key=lambda each: not question.mine & each.passage.scope.roles)
        candidates = aged(candidates, limits, question.today, self.newest)
        candidates.sort(key=lambda each: -each.score)
        of_scope = {*question.stages, *question.roles}
        about = [term for term in terms if term.word not in of_scope] or terms
        admissible = admitted(question, candidates, limits)
        fitting = self.supersession.settled(admissible, about, question.text)
        best = narrowed(_equals(fitting, question), question) if fitting else []
        sureness = _sureness(fitting, best, question, limits) if fitting else 0.0
        if (
            not fitting
            or fitting[0].score < MAYBE
            or sureness < ASK
            or lies_elsewhere(fitting, candidates, question.own)
            or named_only_elsewhere(fitting[0], candidates, limits, terms)
        ):
            unknown = Unknown(not_known(question, candidates, limits), memory)
            return Decision(unknown, fitting[0].score if fitting else 0.0)
        score, clear = fitting[0].score, sureness >= ANSWER
        sure = clear and self.ranker.says_enough(question)
        if clear and (places := meant_by_many(fitting, question, limits, terms)):
            return Decision(_which_place(question, places, memory), score)
        if not sure or len(best) > (ROWS if question.asked.listed else ABREAST):
            return Decision(_ask_back(question, best if sure else fitting, memory), score)
        if question.asked.kind in _ASKS_FOR_A_LIST:
            best = self.supersession.with_additions(best, fitting)
        best += self._besides(question, best, limits)
        best = [self._as_changed(each) for each in best]
        later = self.changes.of([each.passage for each in best if not each.old_source])
        return Decision(_answer(question, best, later, memory), score, tuple(best))

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


def _sureness(
    fitting: Sequence[Candidate], told: Sequence[Candidate], question: Question, limits: Wanted
) -> float:
    """How likely it is, from 0 to 1, that `told` are the answer: the best and its equals."""
    first = fitting[0]
    if not question.terms or first.score >= ASKED_SO:
        return float(first.score >= NEARLY)
    others = (each for each in fitting[1:] if not any(each is one for one in told))
    rivals = (each.score for each in others if _is_rival(each, first, question, limits))
    return confidence(signals(question, fitting, next(rivals, 0.0)))


def _is_rival(other: Candidate, first: Candidate, question: Question, limits: Wanted) -> bool:
    """Whether it could be meant instead: it says something else, and nothing puts it behind."""
    mine, theirs = first.passage, other.passage
    if _says_the_same(other, first):
        return False
    if first.cover >= WELL_COVERED and _is_sentence_of(mine, theirs):
        return False
    if question.own & names_of(mine.source) and not question.own & names_of(theirs.source):
        return False
    if mine.is_of(limits.provinces) and not theirs.is_of(limits.provinces):
        return False
    unnamed = theirs.kind == "row" and not _is_named(other, question)
    return not (unnamed and _is_named(first, question))


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


def _is_named(candidate: Candidate, question: Question) -> bool:
    """初中班 in the question is the row 初中班, not the one beside it."""
    label = _UNIT_OF_LAND.sub("", normal(candidate.passage.label))
    return candidate.passage.kind == "row" and len(label) > 1 and label in question.text


def _equals(fitting: Sequence[Candidate], question: Question) -> list[Candidate]:
    """The candidates that are as good as the best and say something else."""
    first = fitting[0]
    kept = [first]
    if first.figure is None and not _may_be_one_of_many(first.passage, question):
        return kept
    broad = first.figure is not None and len(question.terms) == 1
    for other in fitting[1:]:
        if other.score < max(first.score - _leeway(first, other, broad=broad), NEARLY):
            continue
        if other.figure and other.figure.basis and first.figure and not first.figure.basis:
            continue
        if _is_named(first, question) and not _is_named(other, question):
            continue
        if not any(_says_the_same(other, each) for each in kept) and _differs_in_scope(other, kept):
            kept.append(other)
    return kept


def _may_be_one_of_many(passage: Passage, question: Question) -> bool:
    """A table tells each subject's place in a row of its own, unless its head tells it."""
    if passage.kind != "row":
        return passage.kind in ("entry", "stage", "task")
    heads = [cell.partition("：")[0] for cell in passage.text.split("；")]
    told = " ".join(head for head in heads if not _ASKS.search(head))
    in_heads = fits(question.asked, replace(passage, text=told, own=normal(told))) == 1.0
    return question.asked.kind in (Kind.WHERE, Kind.WHO, Kind.CONTACT) and not in_heads


def _leeway(first: Candidate, other: Candidate, *, broad: bool) -> float:
    """Tasks that hold all the words are equals, wherever in them the words stand."""
    if first.passage.entry and other.passage.entry and broad:
        return CLOSE_BROAD
    both_tasks = first.passage.task is not None and other.passage.task is not None
    return CLOSE_TASK if both_tasks and other.cover >= first.cover - AS_COVERED else CLOSE


def _says_the_same(one: Candidate, other: Candidate) -> bool:
    """The same figure for the same people: a notice and what restates it."""
    mine, theirs = one.passage, other.passage
    if mine.text == theirs.text or _is_row_of_task(one, other) or _is_row_of_task(other, one):
        return True
    if mine.scope.roles != theirs.scope.roles or mine.scope.stage != theirs.scope.stage:
        return False
    if mine.scope.provinces != theirs.scope.provinces:
        return False
    if one.figure and other.figure:
        return same_figure(one.figure, other.figure)
    if mine.asked and theirs.asked:
        return fuzz.token_set_ratio(" ".join(mine.asked[0]), " ".join(theirs.asked[0])) >= ALIKE
    return False


def _is_sentence_of(clause: Passage, section: Passage) -> bool:
    return (
        (clause.kind, section.kind) == ("clause", "section")
        and clause.notice is section.notice
        and clause.text in section.text
    )


def _is_row_of_task(row: Candidate, task: Candidate) -> bool:
    """A row of the schedule, and the task that was read from it."""
    return (
        row.passage.kind == "row"
        and task.passage.task is not None
        and task.passage.source.title == row.passage.source.title
        and _figure_text(row) == _figure_text(task) != ""
    )


def _figure_text(candidate: Candidate) -> str:
    return candidate.figure.text if candidate.figure else ""


def _differs_in_scope(other: Candidate, kept: Sequence[Candidate]) -> bool:
    """Only what applies to other people or another subject stands beside the best."""
    if other.figure is None and kept[0].figure is not None:
        return False
    return all(
        other.passage.scope != each.passage.scope or other.passage.label != each.passage.label
        for each in kept
    )


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
        if not any(_says_the_same(candidate, each) for each in kept):
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
