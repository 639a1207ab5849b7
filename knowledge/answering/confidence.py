"""How likely it is that the best passage answers: a few signals, weighed together.

The score of a passage says how well it fits; whether it may be told as the answer is another
question. A logistic model over the signals below separates right from wrong answers to questions
that nobody had seen far better than the score does (area under the curve 0.92 beside 0.83).

The weights are a ridge regression over 3,758 questions on invented notices, each with what it
would be answered if it had to be; 1,080 of them by an engine that nobody had yet mended for them.
What was measured left out one set of notices at a time. Only `entry` is eased by hand (from -1.4):
those questions are on notices, and the bundled entries are there for others.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from knowledge.answering.equals import is_named, is_sentence_of, says_the_same
from knowledge.answering.fitting import fits
from knowledge.answering.own_sources import names_of
from knowledge.answering.question_words import FIGURE_KINDS
from knowledge.answering.questions import Question
from knowledge.answering.ranking import Candidate
from knowledge.answering.scoping import Wanted
from knowledge.answering.thresholds import NEARLY

ASKED_SO = 1.0  # the very words of a phrasing
WELL_COVERED = 0.8  # a sentence that says so much is no rival of the section it stands in
MOST_MARGIN = 0.4  # a larger lead says no more


@dataclass(frozen=True, slots=True)
class Signals:
    """Each from 0 to 1."""

    score: float  # as the ranking has it, with all it holds against a passage
    cover: float  # of the words of the question, by weight
    margin: float  # how far the next that says something else is behind, up to MOST_MARGIN
    found: float  # its score in the index, as a share of the best
    fit: float  # how well it holds the kind of thing asked for
    figure: float  # 1 where a figure is asked for
    entry: float  # 1 where it is an entry of questions and answers
    row: float  # 1 where it is a row of a table
    pieces: float  # 1 where the question has a comma: a story leads to it, words are left over


CONSTANT = -9.2
WEIGHTS = Signals(
    score=3.0,
    cover=3.9,
    margin=6.3,
    found=2.4,
    fit=2.6,
    figure=0.7,
    entry=-0.8,
    row=-1.1,
    pieces=1.0,
)


def sureness(
    fitting: Sequence[Candidate], told: Sequence[Candidate], question: Question, limits: Wanted
) -> float:
    """How likely it is, from 0 to 1, that `told` are the answer: the best and its equals."""
    first = fitting[0]
    if not question.terms or first.score >= ASKED_SO:
        return float(first.score >= NEARLY)
    others = (each for each in fitting[1:] if not any(each is one for one in told))
    rivals = (each.score for each in others if _is_rival(each, first, question, limits))
    return confidence(signals(question, fitting, next(rivals, 0.0)))


def signals(question: Question, fitting: Sequence[Candidate], rival: float) -> Signals:
    """`rival`: the score of the next candidate that says something else; 0 where there is none."""
    first = fitting[0]
    return Signals(
        score=first.score,
        cover=first.cover,
        margin=min(max(first.score - rival, 0.0), MOST_MARGIN),
        found=first.found,
        fit=fits(question.asked, first.passage),
        figure=float(question.asked.kind in FIGURE_KINDS),
        entry=float(first.passage.entry is not None),
        row=float(first.passage.kind == "row"),
        pieces=float("," in question.text),
    )


def confidence(seen: Signals) -> float:
    """0 to 1."""
    weighed = zip(astuple(WEIGHTS), astuple(seen), strict=True)
    return 1 / (1 + math.exp(-(CONSTANT + sum(weight * signal for weight, signal in weighed))))


def _is_rival(other: Candidate, first: Candidate, question: Question, limits: Wanted) -> bool:
    """Whether it could be meant instead: it says something else, and nothing puts it behind."""
    mine, theirs = first.passage, other.passage
    if says_the_same(other, first):
        return False
    if first.cover >= WELL_COVERED and is_sentence_of(mine, theirs):
        return False
    if question.own & names_of(mine.source) and not question.own & names_of(theirs.source):
        return False
    if mine.is_of(limits.provinces) and not theirs.is_of(limits.provinces):
        return False
    unnamed = theirs.kind == "row" and not is_named(other, question)
    return not (unnamed and is_named(first, question))
