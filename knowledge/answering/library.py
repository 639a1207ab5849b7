"""The door to everything that is known: documents in, a verdict out."""

import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace

from knowledge.answering.aliases import aliases_of
from knowledge.answering.amendments.changes import Changes
from knowledge.answering.amendments.latest_changes import latest_changes
from knowledge.answering.amendments.supersession import Supersession
from knowledge.answering.coverage import Weigher
from knowledge.answering.cutting import passages_of
from knowledge.answering.deciding import Decider
from knowledge.answering.dialogue import Dialogue
from knowledge.answering.explaining import Explanation, WatchedDecider
from knowledge.answering.index import Index, Progress, quietly
from knowledge.answering.numbers import asked_by_number, sources_in
from knowledge.answering.own_sources import OwnSources
from knowledge.answering.own_words import own_words
from knowledge.answering.passages import Passage
from knowledge.answering.precedence import newest_years
from knowledge.answering.ranking import Ranker
from knowledge.answering.reader import QuestionReader
from knowledge.answering.repair import Repairer
from knowledge.answering.roles import Roles
from knowledge.answering.synonyms import has_synonyms
from knowledge.answering.verdicts import Answer, Asker, Clarify, Memory, Unknown, Verdict
from knowledge.answering.wording import in_script_of
from knowledge.chinese.normal import normal
from knowledge.chinese.regions import province_in
from knowledge.chinese.words import Cutter
from knowledge.documents import Document
from knowledge.standing import as_they_stand

LONGEST_QUESTION = 500
SHORTEST_QUESTION = 2  # letters
_SPELLED_APART = re.compile(  # 报 到 时 间
    r"(?<![\u3400-\u9fff])[\u3400-\u9fff](?:\s+[\u3400-\u9fff](?![\u3400-\u9fff]))+"
)
_UNPRINTED = re.compile(r"[\ud800-\udfff\ufffd\ufeff\u200b-\u200f\x00-\x08\x0e-\x1f]")
_ERRAND = re.compile(r"(?:给|帮|替)我(?:把.{0,12})?(?:写|编|订|起草|整理|生成|做|报名|请假|买|抄)")
_MARK = re.compile(
    r"[*○〇△☆★].{0,8}(?:意思|代表|表示|什么|指|含义)|(?:意思|代表|表示|含义).{0,8}[*○〇△☆★]"
)
NO_LEGEND = "任务安排表里的 *、○、△ 等符号，原文没有说明是什么意思，请向项目办确认。"
CANNOT = "我只能告诉您通知里怎么写的，不能代写代办。可以问我这项任务的要求或截止时间。"


class Library:
    """Immutable once built; build a new one when a document is added or withdrawn."""

    def __init__(
        self,
        documents: Sequence[Document],
        earlier: "Library | None" = None,
        progress: Progress = quietly,
    ) -> None:
        """What `earlier` has read of the same documents is not read again."""
        self.documents = documents = as_they_stand(documents)
        self.programmes = tuple(p for document in self.documents for p in document.programmes)
        self._has_marks = any(
            task.marks for p in self.programmes for stage in p.stages for task in stage.tasks
        )
        self._numbered = sources_in(documents)
        cutter = Cutter(own_words(documents))
        self._passages, self._index = passages, index = self._read(earlier, cutter, progress)
        self.roles = Roles(role for programme in self.programmes for role in programme.roles)
        stages = [stage.name for programme in self.programmes for stage in programme.stages]
        self._reader = QuestionReader(cutter, self.roles, stages)
        self._repairer = Repairer(index, cutter, frozenset(_key_words(passages, index, cutter)))
        self._notices = notices = [n for document in documents for n in document.notices]
        ranker = Ranker(passages, index, Weigher(index, cutter, aliases_of(notices, cutter)))
        self._dialogue = Dialogue(
            Decider(ranker, Supersession(notices), Changes(passages), newest_years(passages)),
            self._reader,
            self.roles,
            OwnSources(documents),
            self.programmes,
        )

    def _read(
        self, earlier: "Library | None", cutter: Cutter, progress: Progress
    ) -> tuple[list[Passage], Index]:
        """The passages of all documents; those that follow what `earlier` held are added to it."""
        known = earlier if earlier and earlier._begins(self.documents) else None
        new = self.documents[len(known.documents) :] if known else self.documents
        added = [passage for document in new for passage in passages_of(document)]
        fields = [_fields(passage) for passage in added]
        if known:
            return [*known._passages, *added], known._index.with_more(fields)
        return added, Index.of(fields, cutter.parts, progress)

    def _begins(self, documents: Sequence[Document]) -> bool:
        return bool(self.documents) and self.documents == tuple(documents[: len(self.documents)])

    def ask(self, question: str, asker: Asker, memory: Memory | None = None) -> Verdict:
        """`memory` is what the last verdict of the conversation left behind."""
        memory = memory or Memory()
        asker = self._dialogue.known(asker, memory)
        plain = _plain(question)
        if sum(map(str.isalnum, plain)) < SHORTEST_QUESTION:
            return Unknown(
                in_script_of(question, "请把想问的写成一句话，例如：什么时候报到？"), memory
            )
        if self._has_marks and _MARK.search(plain):
            return Unknown(in_script_of(question, NO_LEGEND), memory)
        if numbered := asked_by_number(plain, self._numbered):
            text, sources = numbered
            return Answer(in_script_of(question, text), sources, memory)
        places = frozenset(province_in(plain) or ([asker.province] if asker.province else []))
        if changed := latest_changes(plain, self._notices, places):
            text, sources = changed
            said = in_script_of(question, text)
            return Answer(said, sources, memory) if sources else Unknown(said, memory)
        if _ERRAND.search(plain):
            return Unknown(in_script_of(question, CANNOT), memory)
        repaired = self._repairer.repair(plain)
        read = self._reader.read(repaired.text)
        verdict = self._dialogue.answered(read, asker, memory).verdict
        said = f"已按“{'”“'.join(repaired.said)}”理解" if repaired.said else ""
        return _shown(verdict, question, said)

    def explain(self, question: str, asker: Asker, memory: Memory | None = None) -> Explanation:
        """What `ask` says, and how it came to say it."""
        watched = copy(self)
        decider = WatchedDecider(self._dialogue.decider)
        watched._dialogue = replace(self._dialogue, decider=decider)
        verdict = watched.ask(question, asker, memory)
        read = self._reader.read(self._repairer.repair(_plain(question)).text)
        return decider.explained(verdict, read, self._dialogue.known(asker, memory or Memory()))


def _plain(question: str) -> str:
    plain = normal(_UNPRINTED.sub("", question).strip()[:LONGEST_QUESTION])
    return _SPELLED_APART.sub(lambda hit: "".join(hit[0].split()), plain)


def _fields(passage: Passage) -> list[tuple[str, float]]:
    """What the index holds of a passage: a word around it counts less than one in it."""
    around = f"{passage.context}\n{passage.around}"
    return [(passage.own, 1.0), (around, 0.4), (passage.title, 0.2)]


def _key_words(passages: Iterable[Passage], index: Index, cutter: Cutter) -> Iterable[str]:
    """The words of headings, roles, entries and the thesaurus: what people ask about."""
    yield from (word for word, _ in index.words() if has_synonyms(word))
    for passage in passages:
        for text in (passage.label, *passage.asked):
            yield from cutter.parts(normal(text))


def _shown(verdict: Verdict, question: str, said: str) -> Verdict:
    """The verdict in the script of the question, with how the question was read."""
    shown = replace(
        verdict, text=in_script_of(question, verdict.text), read_as=in_script_of(question, said)
    )
    if isinstance(shown, Clarify):
        options = tuple(
            replace(option, label=in_script_of(question, option.label)) for option in shown.options
        )
        return replace(shown, options=options)
    return shown
