"""Which candidates say the same, and which are as good as the best and say something else."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from knowledge.answering.figures import same_figure
from knowledge.answering.fitting import fits
from knowledge.answering.passages import Passage
from knowledge.answering.question_words import Kind
from knowledge.answering.questions import Question
from knowledge.answering.ranking import Candidate
from knowledge.answering.thresholds import CLOSE, NEARLY
from knowledge.chinese.normal import normal

CLOSE_BROAD = 0.16  # where a question names one thing only, entries this near are meant as well
CLOSE_TASK, AS_COVERED = 0.18, 0.03  # so are tasks this near that hold as many of the words
ALIKE = 75  # of 100: two entries that ask the same
_ASKS = re.compile(r"地[点址]|联系|电话|负责人")  # a head that says what stands below it
_UNIT_OF_LAND = re.compile(r"(?<=..)[市县区州]$")


def equals_of(fitting: Sequence[Candidate], question: Question) -> list[Candidate]:
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
        if is_named(first, question) and not is_named(other, question):
            continue
        if not any(says_the_same(other, each) for each in kept) and _differs_in_scope(other, kept):
            kept.append(other)
    return kept


def says_the_same(one: Candidate, other: Candidate) -> bool:
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


def is_named(candidate: Candidate, question: Question) -> bool:
    """初中班 in the question is the row 初中班, not the one beside it."""
    label = _UNIT_OF_LAND.sub("", normal(candidate.passage.label))
    return candidate.passage.kind == "row" and len(label) > 1 and label in question.text


def is_sentence_of(clause: Passage, section: Passage) -> bool:
    return (
        (clause.kind, section.kind) == ("clause", "section")
        and clause.notice is section.notice
        and clause.text in section.text
    )


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
