"""The sentences of a reply: the answer first, then the clause, then the source."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.answering.conditions import held_against
from knowledge.answering.coverage import clause_around
from knowledge.answering.passages import Passage
from knowledge.answering.question_words import Kind
from knowledge.answering.questions import Question
from knowledge.answering.ranking import Candidate
from knowledge.chinese.dates import find_dates
from knowledge.chinese.normal import is_traditional, normal, simplified, traditional
from knowledge.chinese.numerals import number_of
from knowledge.programme.values import Stage, Task, due_of
from knowledge.sources import Source

LONGEST_CLAUSE = 150  # characters around a figure
LONGEST_ANSWER = 300  # of a reply without a figure: about a screen of a phone
BESIDE_OTHERS = 90  # characters of each of several answers
_FORBIDS = re.compile(r"不得|严禁|禁止|不予|不能|不可|不允许|不再|不安排|不收|不计入|不算")
_DEMANDS = re.compile(r"必须|须|应当|应|需|要求|务必")
_ALLOWS = re.compile(r"可以|可(?!推广|复制|持续|操作|借鉴|示范)|允许|鼓励|支持")
_SAYS_SO = re.compile("|".join(each.pattern for each in (_FORBIDS, _DEMANDS, _ALLOWS)))
_PIECE = re.compile(r"[，,；;。]")
_ASKS_DUTY = re.compile(r"要不要|需不需要|需要|必须|要.*吗|须")
_ASKS_LEAVE = re.compile(r"可不可以|可以|能不能|能|可否|允许|行不行")
_NUMBER = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十百千两]+")


def in_script_of(question: str, text: str) -> str:
    return traditional(text) if is_traditional(question) else text


def day(moment: date) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日"


def cited(source: Source) -> str:
    title = simplified(source.title)
    title = title if title.startswith("《") else f"《{title}》"
    parts = [
        title + (f"（{simplified(source.number)}）" if source.number else ""),
        simplified(source.section).rstrip("、"),
    ]
    if source.issued:
        parts.append(day(source.issued))
    return "来源：" + "，".join(part for part in parts if part)


def short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip("，、；") + "…"


def clause(candidate: Candidate) -> str:
    """The words of the source: the sentence, of a long one the pieces around the figure."""
    text = candidate.passage.text.strip()
    figure = candidate.figure
    if len(text) <= LONGEST_CLAUSE or figure is None:
        return short(text, LONGEST_ANSWER)
    begin, stop = clause_around(text, figure.begin, figure.stop)
    while begin > 0 and stop - clause_around(text, begin - 1, begin - 1)[0] <= LONGEST_CLAUSE:
        begin = clause_around(text, begin - 1, begin - 1)[0]
    cut = text[begin:stop].strip()
    return ("…" if begin else "") + cut + ("…" if stop < len(text) - 1 else "")


def lead(candidate: Candidate, question: Question) -> str:
    """The figure that was asked for; "" where the passage itself is the answer."""
    passage = candidate.passage
    if passage.stage and not passage.task:
        return _stage_lead(passage, question)
    said = ""
    if candidate.figure is not None:
        said = simplified(candidate.figure.text) + _due_besides(candidate, question)
    elif question.asked.kind is Kind.WHEN and passage.task:
        said = _due(passage.task, passage)
    return said + _countdown(candidate, question) + _weekday(candidate, question) if said else ""


def _weekday(candidate: Candidate, question: Question) -> str:
    """（星期五） where that was asked and the day is known to the year."""
    years = sorted(candidate.passage.scope.years)
    if not (question.asked.weekday and candidate.figure and years):
        return ""
    days = find_dates(candidate.figure.text, year=years[0])
    return f"（星期{'一二三四五六日'[days[0].start.weekday()]}）" if days and days[0].start else ""


def _over(stage: Stage, today: date) -> str:
    """（已经结束） of a stage, seen from today."""
    if today < stage.starts:
        return "（还没开始）"
    return "（已经结束）" if today > stage.ends else "（正在进行）"


def _countdown(candidate: Candidate, question: Question) -> str:
    """（还有12天） where that was asked and the day is known to the year."""
    if not (question.asked.countdown and question.today):
        return ""
    last = _last_day(candidate, question.today.year)
    if last is None:
        return ""
    left = (last - question.today).days
    return f"（还有{left}天）" if left > 0 else "（就是今天）" if left == 0 else "（已经过了）"


def _last_day(candidate: Candidate, year: int) -> date | None:
    passage = candidate.passage
    if passage.task and passage.stage:
        return due_of(passage.task, passage.stage)
    years = sorted(passage.scope.years) or [year]
    days = find_dates(candidate.figure.text, year=years[0]) if candidate.figure else []
    return (days[0].end or days[0].start) if days else None


def _stage_lead(passage: Passage, question: Question) -> str:
    stage = passage.stage
    assert stage is not None
    when = simplified(stage.when)
    reading = f"（{simplified(stage.reading)}）" if stage.reading else ""
    if question.asked.kind is Kind.DURATION:
        return f"{(stage.ends - stage.starts).days + 1}天（{when}）"
    over = _over(stage, question.today) if question.asked.passed and question.today else ""
    return f"{simplified(stage.name)}：{when}{reading}{over}"


def _due_besides(candidate: Candidate, question: Question) -> str:
    """写几千字，什么时候交: the words of the task may tell the first only."""
    passage, also = candidate.passage, {each.kind for each in question.besides}
    asked_too = Kind.WHEN in also and question.asked.kind is not Kind.WHEN
    if not (asked_too and passage.task) or find_dates(passage.text):
        return ""
    return f"，{_due(passage.task, passage)}"


def _due(task: Task, passage: Passage) -> str:
    assert passage.stage is not None
    last = due_of(task, passage.stage)
    note = "" if task.due else f"（{simplified(passage.stage.name)}结束）"
    return f"{day(last)}前{note}"


def verdict_on_guess(candidate: Candidate, question: Question) -> str:
    """是8号吗 -> 不是8号，是25号; "" where nothing was proposed."""
    if not question.guesses or candidate.figure is None:
        return ""
    right = simplified(candidate.figure.text)
    if question.asked.kind is not Kind.WHEN and len(question.guesses) > 1:
        return right  # 800还是1000 is no yes-or-no question
    if any(_same(guess, right) for guess in question.guesses):
        return f"是的，{right}"
    return f"不是{question.guesses[0]}，是{right}"


def verdict_on_case(candidate: Candidate, question: Question) -> str:
    """53岁 beside 不超过55周岁: whether the asker's own case meets what the clause demands."""
    figure = candidate.figure
    if not question.conditions or figure is None or not figure.values:
        return ""
    limit, value = simplified(figure.text), figure.values[-1]
    return held_against(question.conditions[0], candidate.passage.text, figure.begin, limit, value)


def _same(guess: str, figure: str) -> bool:
    proposed, right = find_dates(guess), find_dates(figure)
    if proposed and right:
        one, other = proposed[0].first, right[0].first
        return one.day == other.day and (one.month or other.month) == (other.month or one.month)
    return bool(_numbers(guess) & _numbers(figure))


def _numbers(text: str) -> set[float]:
    values = (number_of(hit) for hit in _NUMBER.findall(text))
    return {value for value in values if value is not None}


def yes_or_no(passage: Passage, question: Question) -> str:
    """What a clause says to 可不可以, 要不要, 能…吗; "" where it does not say it plainly."""
    if question.asked.kind is not Kind.WHETHER or passage.kind == "entry":
        return ""
    text = _said_of(passage.text, question)
    if _ASKS_DUTY.search(question.text):
        if _FORBIDS.search(text) or "无需" in text or "不需要" in text:
            return "不需要"
        return "需要" if _DEMANDS.search(text) else ""
    if _ASKS_LEAVE.search(question.text):
        if _FORBIDS.search(text):
            return "不可以"
        return "可以" if _ALLOWS.search(text) else ""
    return ""


def _said_of(text: str, question: Question) -> str:
    """The piece that names most of what is asked: 视频不可拖动，可用手机学习 of 手机."""
    pieces = [piece for piece in _PIECE.split(text) if piece]
    named = [sum(term in normal(piece) for term in question.terms) for piece in pieces]
    most = max(named, default=0)
    best = [piece for piece, count in zip(pieces, named, strict=True) if count == most > 0]
    says = [piece for piece in best if _SAYS_SO.search(piece)]
    return says[0] if says else text


def one_answer(candidate: Candidate, question: Question) -> str:
    """Answer, clause and source for one passage."""
    passage = candidate.passage
    where = _where(passage, question)
    said = verdict_on_guess(candidate, question) or verdict_on_case(candidate, question)
    if passage.entry:
        return _entry_answer(passage, where, said)
    first = said or lead(candidate, question)
    if not first:
        opinion = yes_or_no(passage, question)
        body = clause(candidate)
        return f"{where}{opinion + '。' if opinion else ''}{body}\n{cited(passage.source)}"
    body = clause(candidate)
    changed = _changed(candidate, first)
    original = (
        ""
        if passage.stage and not passage.task
        else f"\n{'原文' if passage.quoted else '要点'}：{body}"
    )
    before = f"\n原{cited(candidate.old_source)}" if candidate.old_source else ""
    return f"{where}{first}{changed}。{original}\n{cited(passage.source)}{before}"


def _changed(candidate: Candidate, first: str) -> str:
    """What was there before, and what was done to it."""
    if not candidate.old:
        return ""
    if candidate.shift:
        return f"（原{candidate.old}，{candidate.shift}）"
    return f"（原为{candidate.old}，已改为{first}）"


def changed_since(passage: Passage) -> str:
    """A remark on what a later notice changed in what is shown above it."""
    return (
        f"请注意，已有变动：{short(passage.text.strip(), LONGEST_CLAUSE)}\n{cited(passage.source)}"
    )


def _entry_answer(passage: Passage, where: str, first: str) -> str:
    entry = passage.entry
    assert entry is not None
    answer = simplified(entry.answer).strip()
    old = simplified(entry.replaces).strip("（）()。 ")
    if old and old not in answer:
        answer = answer.rstrip("。") + f"（{old}）。"
    if where and where.strip("：") in answer:
        where = ""
    said = f"{first}。\n{where}{answer}" if first else f"{where}{answer}"
    return f"{short(said, LONGEST_ANSWER)}\n{cited(passage.source)}"


def _where(passage: Passage, question: Question) -> str:
    """云南： before a fact of one province that the question did not name."""
    if question.provinces or question.home in passage.scope.provinces:
        return ""
    return "、".join(sorted(passage.scope.provinces)) + "：" if passage.scope.provinces else ""


def side_by_side(candidates: Sequence[Candidate], question: Question) -> str:
    """Two or three answers that differ by what they apply to, each under its label."""
    lines = [f"· {_line(candidate, question)}" for candidate in candidates]
    return "\n".join([*lines, *cited_once([each.passage.source for each in candidates])])


def cited_once(sources: Sequence[Source]) -> list[str]:
    """One line for each notice, with all the sections that are cited of it."""
    sections: dict[Source, list[str]] = {}
    for source in dict.fromkeys(sources):
        named = sections.setdefault(replace(source, section=""), [])
        named += [simplified(source.section).rstrip("、")] if source.section else []
    return [cited(replace(source, section="；".join(named))) for source, named in sections.items()]


def _line(candidate: Candidate, question: Question) -> str:
    passage, first = candidate.passage, lead(candidate, question)
    if passage.entry:
        place = "、".join(sorted(passage.scope.provinces))
        answer = short(simplified(passage.entry.answer), BESIDE_OTHERS).rstrip("。")
        return f"{place}：{answer}" if place else answer
    if passage.stage and not passage.task and first:
        return first
    changed = _changed(candidate, first) if candidate.shift else ""
    body = f"{first}{changed}——{short(clause(candidate), BESIDE_OTHERS)}" if first else ""
    body = body or short(clause(candidate), BESIDE_OTHERS + 10)
    return f"{passage.label}：{body}" if passage.label else body
