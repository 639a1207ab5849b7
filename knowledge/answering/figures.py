"""The figure a question asks for: which of those in a passage is meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.coverage import Term, clause_around, credit
from knowledge.answering.days import days_told, edge_told
from knowledge.answering.kinds import Asked
from knowledge.answering.not_the_rule import is_looked_back, is_not_the_rule, shares_a_room
from knowledge.answering.passages import Passage, amounts_of, clocks_of, dates_of
from knowledge.answering.question_words import FILE_SIZE, PICTURE_SIZE, Kind
from knowledge.chinese.dates import Moment
from knowledge.chinese.rates import find_rates

_LENGTH = re.compile("天|日|个?工作日|个?月|周|星期|年|小时|分钟|学[时期]")
_SAME_UNIT = {
    "天": ("天", "日", "个工作日", "工作日", "个自然日"),
    "工作日": ("个工作日", "工作日", "天", "日"),
    "人": ("人", "名", "位"),
    "名": ("名", "人", "位", "个"),
    "位": ("名", "人", "位"),
    "学时": ("学时", "课时"),
    "课时": ("学时", "课时"),
    "周": ("周", "星期"),
    "所": ("所", "个", "家"),
    "家": ("家", "所", "个"),
    "个": tuple("个名人位项类种条家所门例份篇节场期张本套"),  # 几个辅导记录: 6例
    "岁": ("岁", "周岁"),
    "学分": ("学分", "分"),
    "项": ("项", "个"),
    "类": ("类", "个"),
    "种": ("种", "类"),
    "小时": ("小时", "分钟"),
    "分钟": ("分钟", "小时"),
    "步": ("步", "个"),
    "段": ("段", "个"),
    "次": ("次", "轮", "回"),
    PICTURE_SIZE: ("寸", "厘米", "kb", "mb", "k", "m", "兆"),
    FILE_SIZE: ("kb", "mb", "gb", "k", "m", "g", "兆"),
}
_OTHER_THINGS: dict[str, str | tuple[str, ...]] = {
    "个": "个月",
    "分": ("分钟", "分之"),
    "学分": ("分钟", "分之"),
}  # begin alike
RIGHT_BEFORE, WITHIN = 0.1, 8  # what the words right before a figure count, characters
PIECE_BEFORE = 0.6  # what the words of the piece before its own count
RIGHT_BEHIND = 4  # characters after 调整为 within which the new figure begins
EDGE = 0.25  # 截止 asks for an end, 开始 for a beginning
BASIS = 0.3  # 每缺勤半天扣3分: half a day is what is counted by
SUM_WITHIN = 20  # characters before a figure, in its piece of the sentence
TOTAL = 0.25  # a sum is what 一共 asks for
_SUM = re.compile(r"总(?!结|队|理|分|评|成绩)|(?<!公)共(?!同|享|识|建|性)|合计|小计|累计")
CHANGED = re.compile(
    r"(?:改为|改到|改至|调整为|调整到|调整至|变更为|变更到|更正为|延期至|延期到|延至|推迟到|推迟至|提前到|提前至|修改为|顺延[为至到]|延长[为至到]|(?:提高|增加|减少|降低|压缩|缩短|扩大|放宽|上调|下调)[为至到]|[增降减升提涨][为至到])[“\"]?"
)
# A cell of a table of changes: 原安排：9月5日；调整后：9月19日
_OLD_CELL = re.compile(
    r"(?:原[^；：]{0,6}|(?:调整|变更|修改)前[^；：]{0,4})：[^；]*(?=；.*(?:调整|变更|修改|现|新))"
)


# What is counted by: 每缺勤半天, 每满3年, 每带1名; 每省推荐6人 counts 6.
# 每晚120元 is a price, 每晚交1天 is none.
_COUNTS_NO_PLACES = re.compile(r"个(?!名额|指标|人|学员|教师|老师|骨干)[\u3400-\u9fff]")  # 三个班
_PER = re.compile(
    r"每(?:(?:[缺迟旷请满超增减少隔漏逾延]|早[退走离]|晚[到交报归返提])[\u4e00-\u9fff]{0,2})?$"
)
_PER_ONE = re.compile(
    r"每(?![组班校县人坊所省市区乡镇园期批队年月周天位名个])[\u4e00-\u9fff]{0,3}(?:1|一|半)(?![\d.,十百千万])"
)
_ABSENCE = re.compile(r"请假|缺勤|缺席|缺课|旷课|迟到|早退|病假|事假")
_TERM = re.compile(r"(?:日|天|月|周)(?:之|以)?内$")
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
    basis: bool = False  # what something is counted by: 每带1名600元
    aside: bool = False  # a second chance or a difference: 补测一次, 增加2名


def held(asked: Asked, passage: Passage) -> bool:
    """Whether the passage shows a date or an amount of the asked kind."""
    return bool(_spans(asked, passage.text))


def figures(asked: Asked, passage: Passage, terms: Sequence[Term]) -> list[Figure]:
    """The figures of the asked kind, the one that stands nearest to the question's words first."""
    spans = _spans(asked, passage.text)
    old = _replaced(passage.text, [span[1:3] for span in spans])
    found: list[Figure] = []
    for words, begin, stop, values in spans:
        total = _is_total(passage.text, begin)
        near = _nearness(passage, begin, stop, terms) + TOTAL * (asked.total and total)
        aside = is_not_the_rule(passage.text, begin, stop, terms)
        basis = (
            aside
            or is_basis(passage.text, begin)
            or _is_of_absence(passage.text, begin, stop, terms)
            or _is_term(asked, passage.text[begin - 1 : begin], words)
        )
        near += EDGE * edge_told(asked.edge, words) - BASIS * basis
        near += EDGE * (asked.within and bool(_TERM.search(words)))
        replaced = (begin, stop) in old
        found.append(Figure(words, begin, stop, near, values, total, replaced, basis, aside))
    return sorted(found, key=lambda figure: (figure.replaced, -figure.near, figure.begin))


def _replaced(text: str, spans: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The figures that the passage itself puts others in the place of: 由60学时调整为50学时."""
    cells = [hit.span() for hit in _OLD_CELL.finditer(text)]
    old = {span for span in spans if any(low <= span[0] < high for low, high in cells)}
    since = 0
    for turn in CHANGED.finditer(text):
        new = next((span for span in spans if 0 <= span[0] - turn.end() <= RIGHT_BEHIND), None)
        if new is None:
            continue
        old |= {span for span in spans if since <= span[0] and span[1] <= turn.start()}
        since = new[1]
    return old


def is_basis(text: str, begin: int) -> bool:
    """Whether the figure at text[begin:] is what something is counted by: 每缺勤半天."""
    before = text[max(0, begin - 5) : begin]
    by_one = _PER_ONE.search(text, max(0, begin - 4), begin + 2)
    return bool(_PER.search(before)) or bool(by_one and by_one.end() > begin)


_BOUNDS = {
    "most": re.compile(r"多于|超过|高于|大于|最多|至多|最高|以下|以内|之内|内"),
    "least": re.compile(r"少于|低于|小于|至少|最少|最低|以上|满"),
}


def _is_term(asked: Asked, before: str, words: str) -> bool:
    """几天 asks for no 结束后10日内 and no 开班前一天, 几天内 and 提前几天 do."""
    if asked.kind is not Kind.DURATION:
        return False
    if is_looked_back(asked, words):
        return True
    return not asked.within and (before == "前" or bool(_TERM.search(words)))


def _is_of_absence(text: str, begin: int, stop: int, terms: Sequence[Term]) -> bool:
    """集中培训请假累计超过1天的 tells how long one may be away, and that only."""
    if not terms or any(_ABSENCE.search(term.word) or term.word in "请假" for term in terms):
        return False
    start, end = clause_around(text, begin, stop)
    return bool(_ABSENCE.search(text[start:end]))


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
    if asked.clock:
        return _clock_spans(text)
    if asked.kind is Kind.WHEN:
        return [(date.text, date.begin, date.stop, ()) for date in days_told(text, who=asked.who)]
    if asked.often and (rates := find_rates(text)):
        return [(rate.text, rate.begin, rate.stop, ()) for rate in rates]
    return amounts_asked(asked, text)


def _clock_spans(text: str) -> list[_Span]:
    """The times of a day, with the day where it stands right before."""
    clocks = [(each.text, each.begin, each.stop) for each in clocks_of(text)]
    days = [(each.text, each.begin, each.stop) for each in dates_of(text)]
    whole = [day for day in days if any(day[1] <= each[1] < day[2] for each in clocks)]
    alone = [each for each in clocks if not any(day[1] <= each[1] < day[2] for day in whole)]
    return [(*each, ()) for each in sorted([*whole, *alone], key=lambda each: each[1])]


def amounts_asked(asked: Asked, text: str) -> list[_Span]:
    return [
        (amount.text, amount.begin, amount.stop, amount.values)
        for amount in amounts_of(text)
        if _has_unit(asked, amount.unit)
        and (asked.unit != "学分" or "学分" in text)
        and not (asked.unit == "名" and shares_a_room(text, amount.stop))
    ]


def _has_unit(asked: Asked, unit: str) -> bool:
    match asked.kind:
        case Kind.RATIO:
            shares = ("%", "分之")
            return unit in (shares if asked.unit else (*shares, "比例"))
        case Kind.MONEY:
            return "元" in unit
        case Kind.DURATION if not asked.unit:
            return bool(_LENGTH.match(unit))
        case _ if not asked.unit:
            return True
    if unit.startswith(_OTHER_THINGS.get(asked.unit, "-")):
        return False
    if asked.unit == "名" and _COUNTS_NO_PLACES.match(unit):
        return False
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
    text = passage.text.lower()
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


def beside(text: str, figure: Figure) -> str:
    """What the figure is said of: the piece that it governs and the one before."""
    start, end = _governed(text, figure.begin, figure.stop)
    return text[clause_around(text, max(0, start - 2), max(0, start - 2))[0] : end]


def _governed(text: str, begin: int, stop: int) -> tuple[int, int]:
    start, end = clause_around(text, begin, stop)
    named = text.rfind("：", start, begin) + 1  # 指导点评：9月20日前…
    if begin - max(start, named) > 2 or text[end : end + 1] not in ("，", ","):
        return start, end
    following = clause_around(text, end + 1, end + 1)[1]
    spans = [*((d.begin) for d in dates_of(text)), *((a.begin) for a in amounts_of(text))]
    return (start, end) if any(end < at < following for at in spans) else (start, following)
