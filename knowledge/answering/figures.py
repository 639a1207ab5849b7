"""The figure a question asks for: which of those in a passage is meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.coverage import Term, clause_around, credit
from knowledge.answering.kinds import FIGURE_KINDS, Asked, Kind
from knowledge.answering.passages import Passage, amounts_of, dates_of
from knowledge.chinese.dates import Moment

_LENGTHS = ("天", "日", "个月", "月", "周", "星期", "年", "小时", "分钟", "学时", "学期")
_SAME_UNIT = {
    "天": ("天", "日"),
    "人": ("人", "名", "位"),
    "名": ("名", "人", "位", "个"),
    "位": ("名", "人", "位"),
    "学时": ("学时", "课时"),
    "课时": ("学时", "课时"),
    "周": ("周", "星期"),
    "所": ("所", "个", "家"),
    "家": ("家", "所", "个"),
    "个": ("个", "名", "项", "类", "种", "条", "家", "所", "门"),
    "岁": ("岁", "周岁"),
    "分": ("分",),
    "节": ("节",),
    "学分": ("学分", "分"),
    "项": ("项", "个"),
    "类": ("类", "个"),
    "种": ("种", "类"),
    "步": ("步", "个"),
    "段": ("段", "个"),
    "次": ("次", "轮", "回"),
}
RIGHT_BEFORE, WITHIN = 0.1, 8  # what the words right before a figure count, characters
PIECE_BEFORE = 0.6  # what the words of the piece before its own count
NO_NEW_DAY = 0.5  # 改到哪天, and no day there
SUM_WITHIN = 20  # characters before a figure, in its piece of the sentence
TOTAL = 0.25  # a sum is what 一共 asks for
_SUM = re.compile(r"总(?!结|队|理)|(?<!公)共(?!同|享|识|建|性)|合计|小计|累计")
_LOOSE = {Kind.WHAT, Kind.HOW, Kind.TASKS, Kind.WHO}  # asked for in each other's words
_WORDY_TIME = re.compile(  # a time told without a date
    r"(?:结束|完成|开始|报到|开班|开课|开学|培训|研修|申报|通过|印发|评审|结业|考核)(?:之?后|以后|之?前|以前)"
    r"|期间|年内|月内|天内|日内|过程中|学期|学年|当天|随时|[年月]底|[年月]初"
)
_FREE = re.compile(
    r"不[再另]?(?:收|交|缴|需交|需缴)|免[收交缴除费]|自理|报销|列支|承担"
)  # what money is asked for
_PLACE = re.compile(
    r"地点|地址|[在于到赴][^，。；]{2,24}(?:举行|举办|进行|培训|报到|集中|学习|研修|召开|开展)|大学|学院|师大|酒店|宾馆|会议中心|"
    r"校区|网址|https?:|www\.|平台|网站|\d+号|[\u4e00-\u9fff]{2}(?:中学|小学|幼儿园|中心|基地|实验学校)"
)
_CONDITIONS = re.compile(r"条件|对象|资格|范围")
_OUTCOME = re.compile(
    r"取消|不予|不得|不计|延长|延期|通报|视为|按[^，。]{0,12}(?:处理|认定)|核减|扣|暂停|退[学回训]|重[修新]|补[考测训修学]|后果|责任"
)
_OF_TROUBLE = {Kind.HOW, Kind.OPEN, Kind.WHETHER, Kind.WHAT}
_TASKS = re.compile(r"任务|要求|职责|提交|上传|完成|撰写|作业|参加|携带")
_HELP = re.compile(r"热线|技术|客服|联系|咨询|故障|无法|系统|电话|不了|不成功|重新|密码|补")
_CONTACT = re.compile(r"\d{3,4}-\d{7,8}|1\d{10}|[48]00-?\d{3}|@|https?:|www\.|群[号：:]?\s*\d{5,}")
_PERSON = re.compile(
    r"由|负责|组织|牵头|主办|承办|承担|面向|对象|联系人|局|厅|部门|机构|教师|校长|学员|专家|中心|院校|高校|学校|单位|老师|团队|园[所长]?|自[理费]|县|个人"
)
_CHANGED = re.compile(
    r"(?:改为|改到|改至|调整为|调整到|调整至|变更为|变更到|更正为|延期至|延期到|延至|推迟到|推迟至|提前到|提前至|修改为)"
)
# A cell of a table of changes: 原安排：9月5日；调整后：9月19日
_OLD_CELL = re.compile(
    r"(?:原[^；：]{0,6}|(?:调整|变更|修改)前[^；：]{0,4})：[^；]*(?=；.*(?:调整|变更|修改|现|新))"
)


_Span = tuple[str, int, int, tuple[float, ...]]  # text, begin, stop, values


@dataclass(frozen=True, slots=True)
class Figure:
    """One date or amount in a passage; `near` is the share of the question beside it."""

    text: str
    begin: int
    stop: int
    near: float  # more where a sum is asked and this is one
    values: tuple[float, ...] = ()
    total: bool = False  # a sum: 合计, 总共
    replaced: bool = False  # an old figure that the same sentence changes


def fits(asked: Asked, passage: Passage) -> float:
    """0 to 1: whether the passage holds the kind of thing that is asked for."""
    if asked.trouble and asked.kind in _OF_TROUBLE and not _HELP.search(passage.text):
        return 0.5
    if passage.kinds:
        return _fits_entry(asked, passage)
    if asked.kind in FIGURE_KINDS:
        return _fits_figure(asked, passage)
    text = passage.text
    match asked.kind:
        case Kind.CONTACT:
            return 1.0 if _CONTACT.search(text) else 0.5
        case Kind.WHERE:
            return 1.0 if _PLACE.search(text) else 0.5
        case Kind.WHETHER:
            # A clause may say it; an entry that asks whether does, and who may is said there.
            return 1.0 if asked.entry and _CONDITIONS.search(passage.context) else 0.85
        case Kind.TASKS:
            said = passage.task or _TASKS.search(f"{passage.context} {text}")
            return 1.0 if said else 0.7
        case Kind.HOW if asked.outcome:
            return 1.0 if _OUTCOME.search(text) else 0.85
        case Kind.WHO:
            return 1.0 if _PERSON.search(text) else 0.7
        case _:
            return 1.0


def _fits_figure(asked: Asked, passage: Passage) -> float:
    text = passage.text
    match asked.kind:
        case Kind.WHEN:
            if dates_of(text) or passage.kind in ("stage", "head"):
                return 1.0 if not asked.changed or _CHANGED.search(text) else 0.85
            if passage.task:
                return 1.0 if passage.task.due else 0.9  # the end of its stage
            if asked.changed:
                return NO_NEW_DAY
            return 0.75 if _is_told_otherwise(asked, text) else 0.35
        case Kind.DURATION if passage.kind == "stage":
            return 1.0
    if _amounts(asked, text):
        return 1.0
    return 0.75 if _is_told_otherwise(asked, text) else 0.3


def _is_told_otherwise(asked: Asked, text: str) -> bool:
    """A day told without a date (培训结束后), a price without a figure (不收费用)."""
    if asked.kind is Kind.WHEN:
        return bool(_WORDY_TIME.search(text))
    return asked.kind is Kind.MONEY and bool(_FREE.search(text))


def held(asked: Asked, passage: Passage) -> bool:
    """Whether the passage shows a date or an amount of the asked kind."""
    return bool(_spans(asked, passage.text))


def _fits_entry(asked: Asked, passage: Passage) -> float:
    """An entry says itself what it is asked for."""
    if asked.kind in FIGURE_KINDS and not held(asked, passage):
        if asked.kind is Kind.COUNT and amounts_of(passage.text):
            return 0.6  # counted in other words: 几步, 四个阶段
        return 0.75 if _is_told_otherwise(asked, passage.text) else 0.4
    if asked.kind is Kind.OPEN or asked.kind in passage.kinds:
        wrong_unit = asked.unit and not _amounts(asked, passage.text)
        return 0.75 if wrong_unit else 1.0
    if asked.kind in FIGURE_KINDS:
        return 0.9 if held(asked, passage) else 0.4
    if Kind.OPEN in passage.kinds:
        return 0.9
    return 0.8 if asked.kind in _LOOSE and passage.kinds & _LOOSE else 0.6


def figures(asked: Asked, passage: Passage, terms: Sequence[Term]) -> list[Figure]:
    """The figures of the asked kind, the one that stands nearest to the question's words first."""
    spans = _spans(asked, passage.text)
    old = _replaced(passage.text, [span[1:3] for span in spans])
    found: list[Figure] = []
    for words, begin, stop, values in spans:
        total = _is_total(passage.text, begin)
        near = _nearness(passage, begin, stop, terms) + TOTAL * (asked.total and total)
        replaced = (begin, stop) in old
        found.append(Figure(words, begin, stop, near, values, total, replaced))
    return sorted(found, key=lambda figure: (figure.replaced, -figure.near, figure.begin))


def _replaced(text: str, spans: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The figures that the passage itself puts others in the place of: 由60学时调整为50学时."""
    cells = [hit.span() for hit in _OLD_CELL.finditer(text)]
    old = {span for span in spans if any(low <= span[0] < high for low, high in cells)}
    since = 0
    for turn in _CHANGED.finditer(text):
        new = next((span for span in spans if span[0] >= turn.end()), None)
        if new is None:
            break
        old |= {span for span in spans if since <= span[0] and span[1] <= turn.start()}
        since = new[1]
    return old


_BOUNDS = {
    "most": re.compile(r"不得?(?:多于|超过|高于|大于)|最多|至多|最高|以下|以内|之内|内"),
    "least": re.compile(r"不得?(?:少于|低于|小于)|至少|最少|最低|以上|满"),
}


def is_bound_as(asked: Asked, figure: Figure) -> bool:
    """最多几人 asks for 不超过3人."""
    return bool(asked.bound) and bool(_BOUNDS[asked.bound].search(figure.text))


def same_figure(one: Figure, other: Figure) -> bool:
    """Whether two figures say the same, however they are printed: 10月下旬, 2010年10月下旬."""
    if one.values or other.values:
        return one.values == other.values
    mine, theirs = dates_of(one.text), dates_of(other.text)
    if not (mine and theirs):
        return one.text == other.text
    return all(
        _agree(a, b) for a, b in ((mine[0].first, theirs[0].first), (mine[0].last, theirs[0].last))
    )


def _agree(one: Moment, other: Moment) -> bool:
    return (
        all(
            mine is None or theirs is None or mine == theirs
            for mine, theirs in (
                (one.year, other.year),
                (one.month, other.month),
                (one.day, other.day),
            )
        )
        and one.part == other.part
    )


def _spans(asked: Asked, text: str) -> list[_Span]:
    """The dates of a text where a day is asked for, else its amounts of the asked unit."""
    if asked.kind is Kind.WHEN:
        return [(date.text, date.begin, date.stop, ()) for date in dates_of(text)]
    return _amounts(asked, text)


def _amounts(asked: Asked, text: str) -> list[_Span]:
    return [
        (amount.text, amount.begin, amount.stop, amount.values)
        for amount in amounts_of(text)
        if _has_unit(asked, amount.unit)
    ]


def _has_unit(asked: Asked, unit: str) -> bool:
    match asked.kind:
        case Kind.RATIO:
            shares = ("%", "分之")
            return unit in (shares if asked.unit else (*shares, "比例"))
        case Kind.MONEY:
            return "元" in unit
        case Kind.DURATION if not asked.unit:
            return unit.startswith(_LENGTHS)
        case _ if not asked.unit:
            return True
    return unit.startswith(_SAME_UNIT.get(asked.unit, (asked.unit,)))


def _is_total(text: str, begin: int) -> bool:
    start, _ = clause_around(text, begin, begin)
    return bool(_SUM.search(text[max(start, begin - SUM_WITHIN) : begin + 1]))


def _nearness(passage: Passage, begin: int, stop: int, terms: Sequence[Term]) -> float:
    """The share of the terms in what the figure governs, less for the piece before it.

    A figure governs its piece of the sentence; one that opens it (9月30日前，完成…) the next too.
    Where one piece holds several figures, the words right before each decide.
    """
    total = sum(term.weight for term in terms)
    if not total:
        return 0.0
    text = passage.text
    start, end = _governed(text, begin, stop)
    here = text[start:end]
    if passage.kind == "row":  # the first cell says whose row it is
        here = f"{passage.label} {here}"
    before = text[clause_around(text, max(0, start - 2), max(0, start - 2))[0] : end]
    near = sum(
        term.weight
        * max(credit(term, here), PIECE_BEFORE * credit(term, before if start else here))
        for term in terms
    )
    beside = sum(
        term.weight for term in terms if term.word in text[max(start, begin - WITHIN) : begin]
    )
    return (near + RIGHT_BEFORE * beside) / total / (1 + RIGHT_BEFORE)


def _governed(text: str, begin: int, stop: int) -> tuple[int, int]:
    start, end = clause_around(text, begin, stop)
    named = text.rfind("：", start, begin) + 1  # 指导点评：9月20日前…
    if begin - max(start, named) > 2 or text[end : end + 1] not in ("，", ","):
        return start, end
    following = clause_around(text, end + 1, end + 1)[1]
    spans = [*((d.begin) for d in dates_of(text)), *((a.begin) for a in amounts_of(text))]
    return (start, end) if any(end < at < following for at in spans) else (start, following)
