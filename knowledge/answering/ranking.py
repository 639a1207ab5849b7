"""Which passages answer a question, best first: by cover, kind and nearness."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from knowledge.answering.addressees import share_of_addressees
from knowledge.answering.amendments.unchanged import says_nothing_new
from knowledge.answering.conditions import asked_about, is_the_case, limits
from knowledge.answering.coverage import Term, Weigher, covered, credit, credit_in
from knowledge.answering.figures import Figure, beside, figures, held, is_bound_as
from knowledge.answering.fitting import fits
from knowledge.answering.framing import word_set
from knowledge.answering.index import Index
from knowledge.answering.issuing import ISSUED, asks_of_issuing
from knowledge.answering.leave_length import is_rule_for_other_leave
from knowledge.answering.listings import lacks_the_list, names_another_thing
from knowledge.answering.not_the_rule import is_reckoned_from
from knowledge.answering.passages import Passage
from knowledge.answering.question_words import FIGURE_KINDS, Kind
from knowledge.answering.questions import Question
from knowledge.answering.whole_or_part import HELD, asks_of_the_whole, names_more_than_days
from knowledge.chinese.normal import normal
from knowledge.sources import Source

POOL, OTHER_POOL = 80, 40  # passages looked at closely: by the words, by what stands for them
STRESS = 2.0  # what is new in 那特教的呢 has to be covered
ROLE_WORD = 0.5  # roles are checked by scope; as words they count half
REFUSED = 85  # of 100: as near to a phrasing that must not match
UNHEARD_OF = 0.5  # where no passage at all says it
WITHOUT_POINT = 0.7  # where the very thing asked for is not there
LIMITED, UNLIMITED = 1.0, 0.65  # a clause with a limit that the asker's case is held against
SAYS_LITTLE = 0.8  # how a notice opens: it names all that the rest is about
SAYS_MUCH = 0.85  # a whole section, where one sentence of it is asked for
NOTHING_NEW = 0.6  # it says of what is asked for only that it stays
OTHER_LEAVE = 0.6  # 请两天假, and 半天以内的 is told
NO_LIST = 0.45  # 哪几门, and none is named
NOT_OF_TASK = 0.75  # a task that holds nothing of the question but when it is due
OTHER_SITE = 0.75  # the question names a platform, and its notice none or another
THE_VERY_THING = 0.12  # 两个工作坊, and 一个工作坊 is counted
ASIDE = 0.4  # what follows the question, as in 能学几个学时，想周末一口气刷完
REASON = 0.15  # 我打呼噜，单独住补多少
ABOUT_MORE = 0.85  # a stage, where something within it is asked for
BOUND = 0.04  # 最多几人, 一共几天: a figure that is bound so, one that is a sum
OF_ANOTHER, OF_UNNAMED = 0.75, 0.97  # the figure of something else; of what is left unsaid
MAYBE_MEANT = 0.5  # the score of what holds a figure of the asked unit and no more is known
ENOUGH_SAID = 0.12  # weight of the words of a question, in that of a word that stands nowhere
OPENING = 0.02  # of equals, the sentence that opens its paragraph
COVER, BESIDE = 0.8, 0.2  # the whole passage; the piece that holds the figure
OF_ONE_SENTENCE = {Kind.WHERE, Kind.WHO, Kind.CONTACT}
KIND_WORDS = {
    Kind.MONEY: "元 费用 收费 缴纳",
    Kind.CONTACT: "联系人 电话 邮箱",
    Kind.WHERE: "地点 地址",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    passage: Passage
    score: float  # 0 to 1
    cover: float
    figures: tuple[Figure, ...] = ()
    old: str = ""  # what a later notice has put this in the place of
    old_source: Source | None = None
    shift: str = ""  # 退回4人: by what the figure was worked out from the old one
    found: float = 0.0  # its score in the index, as a share of the best there

    @property
    def figure(self) -> Figure | None:
        return self.figures[0] if self.figures else None


class Ranker:
    def __init__(self, passages: Sequence[Passage], index: Index, weigher: Weigher) -> None:
        self._passages = passages
        self._index = index
        self._weigher = weigher

    def ranked(self, question: Question) -> list[Candidate]:
        """Best first, whatever their scope: the caller decides what applies."""
        terms = self.terms(question)
        if not terms:
            return []
        found = self._index.search(question.text, POOL)
        others = self._index.search(_in_other_words(question, terms), OTHER_POOL)
        at = {number for number, _ in found}
        found += [(number, 0.0) for number, _ in others if number not in at]
        top = max((score for _, score in found), default=0.0) or 1.0
        candidates = [
            replace(self._candidate(self._passages[number], question, terms), found=score / top)
            for number, score in found
        ]
        candidates = [candidate for candidate in candidates if candidate.score > 0]
        candidates.sort(key=lambda each: (-round(each.score, 3), -each.found))
        return candidates

    def holding(self, question: Question) -> list[Candidate]:
        """What has a figure of the asked unit at all: 多少字 names nothing else."""
        unit = question.asked.unit
        found = self._index.search(unit, POOL) if unit else []
        passages = [self._passages[number] for number, _ in found]
        return [
            Candidate(passage, MAYBE_MEANT, 0.0, tuple(figures(question.asked, passage, ())))
            for passage in passages
            if passage.kind in ("entry", "task", "clause") and held(question.asked, passage)
        ]

    def terms(self, question: Question) -> tuple[Term, ...]:
        """What a passage has to cover: the words, weighed; only the scope where that is all."""
        roles = tuple(
            replace(term, weight=term.weight * ROLE_WORD)
            for term in self._weigher.weighed(question.roles)
        )
        strengths = dict.fromkeys(question.asides, ASIDE) | dict.fromkeys(question.stressed, STRESS)
        strengths |= dict.fromkeys(question.reasons, REASON)
        if question.stages and set(question.terms) <= word_set("staging"):
            return (*self._weigher.weighed(question.stages), *roles)
        words = [part for term in question.terms for part in self._weigher.known_parts(term)]
        weighed = self._weigher.weighed((*words, *question.stages))
        return (
            *(replace(t, weight=t.weight * strengths.get(t.word, 1.0)) for t in weighed),
            *roles,
        )

    def _candidate(self, passage: Passage, question: Question, terms: Sequence[Term]) -> Candidate:
        if _is_refused(passage, question) or _is_beside_the_point(passage, question):
            return Candidate(passage, 0.0, 0.0)
        if _is_asked_so(passage, question):
            return Candidate(passage, 1.0, 1.0, _figures(passage, question, terms))
        cover = covered(terms, passage)
        found = _figures(passage, question, terms)
        beside = self._beside(passage, question, terms, found)
        score = _fit(passage, question, found) * (COVER * cover + BESIDE * beside)
        score *= self._share_of_point(passage, question)
        if passage.task and asks_of_the_whole(passage, question, terms):
            score *= NOT_OF_TASK
        score *= self._share_of_focus(passage, question, found)
        if found and found[0].aside:
            score *= OF_ANOTHER
        if any(t.is_site and not credit_in(t, passage) for t in terms):
            score *= OTHER_SITE
        score += OPENING * passage.opening * cover + _bonus(question, found)
        return Candidate(passage, score, cover, found)

    def _share_of_point(self, passage: Passage, question: Question) -> float:
        """Less where the very thing asked for is not there."""
        if not question.point or self._holds_point(question.point, passage):
            return 1.0
        return WITHOUT_POINT if self._weigher.is_heard_of(question.point) else UNHEARD_OF

    def _share_of_focus(
        self, passage: Passage, question: Question, found: Sequence[Figure]
    ) -> float:
        """Less where the figure stands beside something else than what it is asked of."""
        if not (question.focus and found) or passage.kind not in ("clause", "preamble"):
            return 1.0
        [term] = self._weigher.weighed([question.focus])
        if is_reckoned_from(question, beside(passage.text, found[0])):
            return OF_ANOTHER
        if credit(term, beside(passage.text, found[0])) >= HELD:
            return 1.0
        if credit(term, "", passage.context, passage.title) >= HELD:
            return 1.0
        return OF_ANOTHER if credit(term, passage.own) >= HELD else OF_UNNAMED

    def says_enough(self, question: Question) -> bool:
        """报什么 names nothing that an answer could be held against."""
        said = sum(term.weight for term in self.terms(question))
        return said >= ENOUGH_SAID * math.log(1 + self._index.size)

    def _holds_point(self, point: str, passage: Passage) -> bool:
        if self._weigher.known_parts(point) != [point]:
            return True  # letters that chance put beside each other: 住一晚
        [term] = self._weigher.weighed([point])
        return credit_in(term, passage) >= HELD

    def _beside(
        self,
        passage: Passage,
        question: Question,
        terms: Sequence[Term],
        found: Sequence[Figure],
    ) -> float:
        """How closely the words of the question stand together in the passage."""
        if passage.asked:
            return _asked_alike(passage, question)
        if found:
            return min(1.0, found[0].near)
        total = sum(term.weight for term in terms)
        own = sum(term.weight * credit(term, passage.own) for term in terms) / total
        if passage.task is None:
            return own
        title = normal(passage.task.title)
        return (own + sum(term.weight * credit(term, title) for term in terms) / total) / 2


def _figures(passage: Passage, question: Question, terms: Sequence[Term]) -> tuple[Figure, ...]:
    """Those of the asked kind; limits where the asker tells a case."""
    if question.conditions:
        case = question.conditions[0]
        found = figures(asked_about(case), passage, terms)
        return tuple(
            each
            for each in found
            if limits(passage.text, each.begin, each.text)
            or (each.values and is_the_case(case, passage.text, each.begin, each.values[-1]))
        )
    if question.asked.kind in FIGURE_KINDS:
        return tuple(figures(question.asked, passage, terms))
    return ()


def _fit(passage: Passage, question: Question, found: Sequence[Figure]) -> float:
    fit = fits(question.asked, passage)
    if question.conditions:
        fit = LIMITED if found else fit * UNLIMITED
    if passage.kind == "section" and question.asked.kind in OF_ONE_SENTENCE:
        fit *= SAYS_MUCH
    if passage.kind == "stage" and names_more_than_days(question):
        fit *= ABOUT_MORE
    fit *= share_of_addressees(passage, question)
    if says_nothing_new(question, passage):
        fit *= NOTHING_NEW
    if lacks_the_list(question, passage) or names_another_thing(question, passage):
        fit *= NO_LIST
    if is_rule_for_other_leave(question, passage):
        fit *= OTHER_LEAVE
    return fit * (SAYS_LITTLE if passage.kind == "preamble" else 1.0)


def _bonus(question: Question, found: Sequence[Figure]) -> float:
    """For a figure that is bound or summed up as the question wants it."""
    if not found:
        return 0.0
    bound = is_bound_as(question.asked, found[0])
    named = len(question.focus) > 1 and question.focus in normal(found[0].text)
    total = question.asked.total and found[0].total
    return BOUND * (bound + total) + THE_VERY_THING * named


def _in_other_words(question: Question, terms: Sequence[Term]) -> str:
    """What may stand for the words of a question, and for the kind of thing it asks for."""
    others = [other for term in terms for other, _ in term.others]
    return " ".join((*others, KIND_WORDS.get(question.asked.kind, "")))


def _asked_alike(passage: Passage, question: Question) -> float:
    """The share of the best phrasing of an entry that the question says too."""
    said = _spaced(question.text)
    return max(fuzz.token_set_ratio(said, _spaced(asked)) for asked in passage.asked) / 100


@lru_cache(maxsize=16384)
def _spaced(text: str) -> str:
    """Every character a token of its own, as the comparing wants it."""
    return " ".join(text)


def _is_beside_the_point(passage: Passage, question: Question) -> bool:
    """The head of a notice names all it is about; it answers only who issued it, and when.

    A task answers only what names more than its stage, a whole section no question for a figure.
    """
    if passage.kind == "head":
        return not asks_of_issuing(question.text)
    if passage.entry and question.asked.kind is Kind.WHEN and ISSUED.search(passage.label):
        return not asks_of_issuing(question.text)
    if passage.kind == "section":
        return question.asked.kind in FIGURE_KINDS
    return passage.kind == "task" and set(question.terms) <= word_set("staging")


def _is_asked_so(passage: Passage, question: Question) -> bool:
    """The very words of a phrasing."""
    said = _letters(question.text)
    return any(_letters(asked) == said for asked in passage.asked)


@lru_cache(maxsize=16384)
def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _is_refused(passage: Passage, question: Question) -> bool:
    if not passage.refused:
        return False
    wrong = max(fuzz.ratio(question.text, refused) for refused in passage.refused)
    right = max(fuzz.ratio(question.text, asked) for asked in passage.asked)
    return wrong > max(right, REFUSED)
