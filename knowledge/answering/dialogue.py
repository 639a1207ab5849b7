"""What one turn of a conversation is answered with: alone, or as going on with the one before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.answering.conversation import (
    carried_on,
    introduced,
    is_elliptic,
    names_only_scope,
    remembered,
    states_scope,
)
from knowledge.answering.coverage import credit_in
from knowledge.answering.deciding import Decider, Decision
from knowledge.answering.halves import halves, is_told, together
from knowledge.answering.own_sources import OwnSources
from knowledge.answering.question_words import Kind
from knowledge.answering.questions import Question
from knowledge.answering.reader import QuestionReader
from knowledge.answering.roles import Roles
from knowledge.answering.schedule import Listing, WhichRole, answer_from_schedule
from knowledge.answering.thresholds import SURE
from knowledge.answering.verdicts import Answer, Asker, Clarify, Memory, Unknown, Verdict
from knowledge.chinese.normal import normal
from knowledge.chinese.regions import canonical
from knowledge.chinese.subjects import subjects_in
from knowledge.programme.values import Programme

# A short question leans on the one before unless it is this much better alone: more on its role
# and stage than on its words.
LEANING, LEANING_ON_WORDS = 0.25, 0.05
NAMED = 0.5  # of what a turn names, where nothing is known of it alone


@dataclass(frozen=True, slots=True)
class Dialogue:
    decider: Decider
    reader: QuestionReader
    roles: Roles
    own_sources: OwnSources
    programmes: Sequence[Programme]

    def known(self, asker: Asker, memory: Memory) -> Asker:
        """The asker with what they said of themselves earlier, in the terms of the sources."""
        return replace(
            asker,
            province=canonical(asker.province) or canonical(memory.province),
            role=self.roles.canonical(asker.role or memory.role),
            year=asker.year or memory.year,
        )

    def answered(self, read: Question, asker: Asker, memory: Memory) -> Decision:
        """Two questions in one are told apart where no passage answers both."""
        whole = self._turn(read, asker, memory)
        parts = [] if whole.stands_alone else [self.reader.read(part) for part in halves(read.text)]
        if not parts or (whole.best and is_told([part.asked for part in parts], whole.best)):
            return whole
        decisions: list[Decision] = []
        for part in parts:
            decisions.append(self._turn(part, asker, memory))
            asker, memory = self._going_on(part, asker, memory)
        nothing = not any(is_told([part.asked], whole.best) for part in parts)
        return together(whole, decisions, remembered(read, memory), told_nothing=nothing)

    def _going_on(self, part: Question, asker: Asker, memory: Memory) -> tuple[Asker, Memory]:
        """The next half is about the same: place, year and subject."""
        said = introduced(part, memory)
        asker = self.known(replace(asker, province=said.province or asker.province), said)
        return asker, remembered(part, memory)

    def _turn(self, read: Question, asker: Asker, memory: Memory) -> Decision:
        if states_scope(read):
            memory = introduced(read, memory)
            if not memory.question:
                return Decision(_noted(memory), 1.0)
            asker = self.known(replace(asker, province="", role="", year=None), memory)
        alone = self._once(read, asker, memory)
        if not memory.question:
            return alone
        earlier = self.reader.read(memory.question)
        attempts = [
            (each, self._nearest(self._once(each, asker, memory), asker))
            for each in carried_on(read, earlier)
        ]
        attempt, best = max(attempts, key=lambda pair: pair[1].score, default=(read, alone))
        leaning = LEANING if attempt.terms == read.terms else LEANING_ON_WORDS
        if isinstance(alone.verdict, Unknown) and not self._speaks_of(read, best):
            return alone
        return best if _goes_on(read, best, alone, leaning) else alone

    def _speaks_of(self, read: Question, best: Decision) -> bool:
        """Whether what a turn names itself is in the answer: 发票抬头 is not in 食宿费由…承担."""
        if is_elliptic(read) or not best.best:
            return True
        terms = self.decider.ranker.terms(replace(read, roles=(), stages=()))
        terms = tuple(term for term in terms if len(term.word) > 1)
        total = sum(term.weight for term in terms)
        held = sum(
            term.weight * max(credit_in(term, each.passage) for each in best.best) for term in terms
        )
        return held >= NAMED * total

    def _nearest(self, decision: Decision, asker: Asker) -> Decision:
        """Going on with a subject, the one thing that comes near it is told, and named."""
        match decision.verdict:
            case Clarify(_, (option,), left):
                near = self._once(self.reader.read(normal(option.question)), asker, left)
                if isinstance(near.verdict, Answer):
                    text = f"没有查到完全一样的，最接近的是“{option.label}”：\n{near.verdict.text}"
                    return replace(decision, verdict=replace(near.verdict, text=text, memory=left))
        return decision

    def _once(self, question: Question, asker: Asker, memory: Memory) -> Decision:
        own = self.own_sources.names(asker.programmes)
        role = question.roles[0] if len(question.roles) == 1 else asker.role
        question = replace(
            question,
            today=asker.today,
            home=asker.province,
            own=own,
            kin=self.roles.kin(question.roles),
            mine=self.roles.kin([role] if role else []),
            subjects=subjects_in(question.text),
            taught=subjects_in(normal(asker.subject)),
        )
        left = remembered(question, memory)
        match answer_from_schedule(question, asker, self.programmes, role):
            case Listing(text, sources):
                return Decision(Answer(text, sources, left), 1.0, stands_alone=True)
            case WhichRole(options):
                asked_back = Clarify("您想问哪个角色的？", options, left)
                return Decision(asked_back, 1.0, stands_alone=True)
            case None:
                return self.decider.decide(question, asker, left)


def _goes_on(read: Question, best: Decision, alone: Decision, leaning: float) -> bool:
    """Whether the turn is better read with the one before than by itself."""
    if best is alone:
        return False
    if alone.stands_alone and read.asked.kind not in (Kind.OPEN, Kind.WHEN):
        return False
    if isinstance(best.verdict, Unknown):
        nothing = isinstance(alone.verdict, Unknown) or names_only_scope(read)
        return nothing and is_elliptic(read)
    if is_elliptic(read) or isinstance(alone.verdict, Unknown):
        return True
    if isinstance(best.verdict, Answer) and not isinstance(alone.verdict, Answer):
        return best.score >= SURE
    return best.score >= max(SURE, alone.score - leaning)


def _noted(memory: Memory) -> Verdict:
    who = "、".join(part for part in (memory.province, memory.role) if part)
    return Answer(f"好的，后面按{who}来回答。请直接提问。", (), memory)
