"""What several provinces say, and what only another one says."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answering.coverage import Term, credit_in
from knowledge.answering.framing import word_set
from knowledge.answering.passages import Passage
from knowledge.answering.questions import Question
from knowledge.answering.ranking import Candidate
from knowledge.answering.scoping import Wanted
from knowledge.answering.thresholds import SURE

PLACES = 0.06  # another province's source that holds nearly as much may be meant as well
SUBJECT_SHARE = 0.08  # of the weight of a question: a word with it is what it is about
AS_MUCH = 0.6  # of what the first holds of such a word
NAMED_AS_MUCH = 0.75  # of a name
FULLY, HARDLY = 0.8, 0.5  # a word that the one names, and the other does not
AHEAD = 0.1


def meant_by_many(
    fitting: Sequence[Candidate], question: Question, limits: Wanted, terms: Sequence[Term]
) -> dict[str, Candidate]:
    """The provinces that each say something of their own, where nobody said which is meant."""
    first = fitting[0]
    if limits.provinces or not first.passage.scope.provinces:
        return {}
    found: dict[str, Candidate] = {}
    for each in fitting:
        if each.score < SURE or (first.figure and not each.figure):
            continue
        if each.cover < first.cover - PLACES and not is_about_the_same(each, first, terms):
            continue
        for province in each.passage.scope.provinces:
            found.setdefault(province, each)
    return found if len(found) > 1 else {}


def named_only_elsewhere(
    first: Candidate, candidates: Sequence[Candidate], limits: Wanted, terms: Sequence[Term]
) -> bool:
    """广东的新教师入职培训: that subject is known, but it is another province's."""
    best = candidates[0]
    if not first.passage.is_of(limits.provinces) or best.score < first.score + AHEAD:
        return False
    if not best.passage.scope.provinces or limits.admits_province(best.passage):
        return False
    return any(
        credit_in(term, best.passage) >= FULLY and credit_in(term, first.passage) < HARDLY
        for term in _subjects(terms)
    )


def is_about_the_same(other: Candidate, first: Candidate, terms: Sequence[Term]) -> bool:
    """Whether `other` too holds what the question is about."""
    return all(_holds_too(term, other.passage, first.passage) for term in _subjects(terms))


def _holds_too(term: Term, other: Passage, first: Passage) -> bool:
    """A name that the first says in full is not held by its parts: 川师研修网, 赣师研修网."""
    whole = replace(term, parts=())
    if len(term.word) > 2 and (held := credit_in(whole, first)) >= AS_MUCH:
        return credit_in(whole, other) >= NAMED_AS_MUCH * held
    return credit_in(term, other) >= AS_MUCH * credit_in(term, first)


def _subjects(terms: Sequence[Term]) -> list[Term]:
    total = sum(term.weight for term in terms)
    return [
        term
        for term in terms
        if (term.is_site or term.weight >= SUBJECT_SHARE * total)
        and term.word not in word_set("generic")
    ]
