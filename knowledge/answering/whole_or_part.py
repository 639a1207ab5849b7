"""Whether a question asks for the days of a whole training, or of something within it."""

from collections.abc import Sequence

from knowledge.answering.coverage import Term, credit
from knowledge.answering.framing import word_set
from knowledge.answering.passages import Passage
from knowledge.answering.question_words import Kind
from knowledge.answering.questions import Question

HELD = 0.35  # of a word: enough to be spoken of


def asks_of_the_whole(passage: Passage, question: Question, terms: Sequence[Term]) -> bool:
    """远程培训什么时候结束 asks for no deadline of a task."""
    if question.asked.kind is not Kind.WHEN or not question.asked.edge or question.roles:
        return False
    of_days = word_set("staging") | word_set("dating") | word_set("generic")
    about = [term for term in terms if term.word not in of_days]
    return bool(about) and not any(credit(term, passage.own) >= HELD for term in about)


def names_more_than_days(question: Question) -> bool:
    of_days = word_set("staging") | word_set("dating") | word_set("generic")
    return any(len(t) > 1 and not t[0].isdigit() and t not in of_days for t in question.terms)
