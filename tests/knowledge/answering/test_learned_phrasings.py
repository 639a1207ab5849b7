"""What people say when they mean an entry, and what they do not mean, is learnt while running."""

from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer
from knowledge.documents import Document
from knowledge.entries import Entry, LearnedPhrasing, with_phrasings
from knowledge.sources import Source
from tests.knowledge.answering.known import NATIONAL, NOBODY

DRESS = Entry("dress", "结业典礼穿什么", "结业典礼请着正装。", Source("问答"))
BUS = Entry("bus", "从车站怎么过来", "坐3路公交车到师范学院。", Source("问答"))
DOCUMENTS = [
    Document("国家.docx", notices=(NATIONAL,)),
    Document("已批准的回答", entries=(DRESS, BUS)),
]
IN_OTHER_WORDS = "最后那天要打领带吗"


def test_a_learned_phrasing_is_answered_by_its_entry() -> None:
    learned = [LearnedPhrasing("dress", IN_OTHER_WORDS)]

    before = Library(DOCUMENTS).ask(IN_OTHER_WORDS, NOBODY)
    after = Library(with_phrasings(DOCUMENTS, learned)).ask(f"{IN_OTHER_WORDS}？", NOBODY)

    assert not isinstance(before, Answer)
    assert isinstance(after, Answer)
    assert "正装" in after.text


def test_a_negative_phrasing_keeps_its_entry_away_and_no_other() -> None:
    learned = [LearnedPhrasing("bus", "从车站打车怎么过来", negative=True)]
    taught = Library(with_phrasings(DOCUMENTS, learned))

    assert "3路" in Library(DOCUMENTS).ask("从车站打车怎么过来", NOBODY).text
    assert "3路" not in taught.ask("从车站打车怎么过来？", NOBODY).text
    assert "3路" in taught.ask("从车站怎么过来", NOBODY).text


def test_the_last_word_on_a_phrasing_holds() -> None:
    wrong = LearnedPhrasing("dress", IN_OTHER_WORDS)
    corrected = LearnedPhrasing("dress", IN_OTHER_WORDS, negative=True)

    [_, taught] = with_phrasings(DOCUMENTS, [wrong, corrected])
    [_, again] = with_phrasings([DOCUMENTS[0], taught], [wrong])

    assert (taught.entries[0].phrasings, taught.entries[0].not_for) == ((), (IN_OTHER_WORDS,))
    assert (again.entries[0].phrasings, again.entries[0].not_for) == ((IN_OTHER_WORDS,), ())


def test_phrasings_of_an_entry_that_is_gone_change_nothing() -> None:
    assert list(with_phrasings(DOCUMENTS, [LearnedPhrasing("gone", "什么")])) == DOCUMENTS
