"""How a verdict came about: the reading, the scope, the candidates with their scores, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.answering.coverage import AROUND, CONTEXT, TITLE, Term, credit
from knowledge.answering.deciding import Decider, Decision
from knowledge.answering.fitting import fits
from knowledge.answering.passages import Passage
from knowledge.answering.questions import Question
from knowledge.answering.ranking import Candidate
from knowledge.answering.scoping import Wanted, wanted
from knowledge.answering.thresholds import ANSWER, ASK, MAYBE
from knowledge.answering.verdicts import Answer, Asker, Clarify, Memory, Unknown, Verdict

SHOWN = 6  # candidates


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of the question in a candidate; `share` is how much of it the passage stands for."""

    word: str
    share: float
    where: str  # 本句, 标题行, 同一段, 标题; "" where it is not there at all


@dataclass(frozen=True, slots=True)
class Considered:
    text: str
    kind: str
    source: str
    score: float
    cover: float
    fit: float  # of the kind of question: 1 where the passage holds what is asked for
    figure: str
    hits: tuple[Hit, ...]
    excluded: str  # 省份, 年份 or 角色或阶段 where the scope leaves it out


@dataclass(frozen=True, slots=True)
class Explanation:
    verdict: Verdict
    reading: Question
    weights: tuple[tuple[str, float], ...]  # of the words that a passage has to cover
    scope: Wanted
    candidates: tuple[Considered, ...]
    why: str


@dataclass(frozen=True, slots=True)
class _Note:
    """One reading that was decided, and for whom."""

    question: Question
    asker: Asker
    decision: Decision


class WatchedDecider(Decider):
    """Decides as the one it is made from, and keeps what it was asked."""

    def __init__(self, watched: Decider) -> None:
        super().__init__(watched.ranker, watched.supersession, watched.changes, watched.newest)
        self.notes: list[_Note] = []

    def decide(self, question: Question, asker: Asker, memory: Memory) -> Decision:
        decision = super().decide(question, asker, memory)
        self.notes.append(_Note(question, asker, decision))
        return decision

    def explained(self, verdict: Verdict, read: Question, asker: Asker) -> Explanation:
        """`read` and `asker` stand in where the verdict needed no candidates."""
        note = self._behind(verdict)
        if note:
            read, asker = note.question, note.asker
        limits = wanted(read, asker.province, asker.year)
        terms = self.ranker.terms(read)
        candidates = self.ranker.ranked(read) if note else []
        return Explanation(
            verdict,
            read,
            tuple((term.word, term.weight) for term in terms),
            limits,
            tuple(_considered(each, read, terms, limits) for each in candidates[:SHOWN]),
            _why(verdict, note, candidates, limits),
        )

    def _behind(self, verdict: Verdict) -> _Note | None:
        """A turn may have been read in several ways; the memory tells which one was taken."""
        taken = [note for note in self.notes if note.decision.verdict.memory == verdict.memory]
        return taken[-1] if taken else None


def _considered(
    candidate: Candidate, question: Question, terms: Sequence[Term], limits: Wanted
) -> Considered:
    passage = candidate.passage
    return Considered(
        text=passage.text,
        kind=passage.kind,
        source=" ".join(filter(None, (passage.source.title, passage.source.section))),
        score=candidate.score,
        cover=candidate.cover,
        fit=fits(question.asked, passage),
        figure=candidate.figure.text if candidate.figure else "",
        hits=tuple(_hits(terms, passage)),
        excluded=_excluded(passage, limits),
    )


def _hits(terms: Sequence[Term], passage: Passage) -> Iterator[Hit]:
    for term in terms:
        shares = (
            ("本句", credit(term, passage.own)),
            ("标题行", credit(term, passage.context) * CONTEXT),
            ("同一段", credit(term, passage.around) * AROUND),
            ("标题", credit(term, passage.title) * TITLE),
        )
        where, share = max(shares, key=lambda each: each[1])
        yield Hit(term.word, share, where if share else "")


def _excluded(passage: Passage, limits: Wanted) -> str:
    if not limits.admits_province(passage):
        return "省份"
    if not limits.admits_year(passage):
        return "年份"
    return "" if limits.admits(passage) else "角色或阶段"


def _why(
    verdict: Verdict, note: _Note | None, candidates: Sequence[Candidate], limits: Wanted
) -> str:
    if not note:
        return "没有去找条文：按任务安排表、角色和日期得出，或者没有要查的内容"
    score, sure = note.decision.score, note.decision.sureness
    match verdict:
        case Answer():
            return f"最高分 {score:.2f}，把握 {sure:.2f}，不低于 {ANSWER}：直接回答"
        case Clarify() if sure < ANSWER:
            return f"最高分 {score:.2f}，把握 {sure:.2f}，低于 {ANSWER}：反问"
        case Clarify(options=options):
            return f"有 {len(options)} 个以上同样好的说法：反问"
        case Unknown():
            return _why_unknown(note.decision, candidates, limits)


def _why_unknown(decision: Decision, candidates: Sequence[Candidate], limits: Wanted) -> str:
    if not candidates:
        return "资料里没有相近的内容"
    if not any(limits.admits(each.passage) for each in candidates):
        return "相近的内容都不在所问的范围（省份、年份、角色、阶段）之内"
    if decision.score < MAYBE:
        return f"范围之内最高分 {decision.score:.2f}，低于 {MAYBE}：说不知道"
    if decision.sureness < ASK:
        return (
            f"最高分 {decision.score:.2f}，把握只有 {decision.sureness:.2f}，低于 {ASK}：说不知道"
        )
    return "范围之内的不如范围之外的相近，或没有注明所问的年份：说不知道"
