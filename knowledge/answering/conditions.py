"""A case of the asker held against what a clause demands: 当了两年 and 满3年, 53了 and 55岁以下."""

import re
from dataclasses import dataclass

from knowledge.answering.kinds import Asked
from knowledge.answering.question_words import Kind
from knowledge.chinese.amounts import find_amounts

# A figure in front of one of these is a condition: 满两年能不能报. 800字可以吗 proposes an answer.
_MAY = re.compile(
    r"(?:够不够|能不能|可不可以|可以|能否|可否|还能|能|必须|非得|要不要|需不需要|需要|用不用|算不算|算|符合|有没有资格|有资格|够格)"
    r"(?![吗么吧不嘛呢]|[\u4e00-\u9fff]?(?:$|[?？。!！,，]))"
)
_PROPOSED = re.compile(r"(?:是不是|是|不是|还是|要|得|写|交|只有|不止)$")
_AT_LEAST = re.compile(r"不少于|不得少于|不低于|不得低于|至少|最少|最低|满|达到|以上|超过|大于|≥|>")
_AT_MOST = re.compile(
    r"不超过|不得超过|不大于|不高于|不得高于|至多|最多|最高|以下|以内|之内|内|小于|未满|不满|不足|≤|<"
)
_OF_A_CASE = re.compile(r"的[，,]|的?一律")
_RULES_OUT = re.compile(r"的[^。；;]{0,12}(?:不安排|不予|不得|不能|不再|取消|不计)")
_AGES = range(18, 76)  # a bare number is how old somebody is
_LEAD = 3  # characters before a figure in which 满 may stand


@dataclass(frozen=True, slots=True)
class Condition:
    """One figure of the asker's own case."""

    value: float
    unit: str
    text: str


def is_condition(text: str, begin: int, stop: int) -> bool:
    """Whether the figure at text[begin:stop] is the asker's own and not a proposed answer."""
    return bool(_MAY.search(text, stop)) and not _PROPOSED.search(text[:begin].rstrip())


def condition_of(words: str) -> Condition | None:
    for amount in find_amounts(words):
        return Condition(amount.values[-1], amount.unit, words)
    digits = re.fullmatch(r"\d{2}", words.strip())
    if digits and int(digits[0]) in _AGES:
        return Condition(int(digits[0]), "岁", f"{digits[0]}岁")
    return None


def asked_about(condition: Condition) -> Asked:
    """The figures of a clause that the condition can be held against."""
    return Asked(Kind.COUNT, condition.unit)


def limits(text: str, begin: int, figure: str) -> bool:
    """Whether the figure at text[begin:] is a limit at all: 满3年 is, 近三年 is none."""
    said = text[max(0, begin - _LEAD) : begin] + figure
    return bool(_AT_MOST.search(said) or _AT_LEAST.search(said))


def is_the_case(condition: Condition, text: str, begin: int, value: float) -> bool:
    """缺席两轮的，取消结业资格: a rule for the very case that the asker tells."""
    return value == condition.value and bool(_OF_A_CASE.search(text, begin))


def held_against(condition: Condition, text: str, begin: int, limit: str, value: float) -> str:
    """Whether the case meets the limit that stands at text[begin:]; "" where that is not plain."""
    said = text[max(0, begin - _LEAD) : begin] + limit
    if _AT_MOST.search(said):
        meets = (
            condition.value < value
            if "未满" in said or "不满" in said
            else condition.value <= value
        )
    elif _AT_LEAST.search(said):
        meets = condition.value >= value
    else:
        return ""
    if _RULES_OUT.match(text, begin + len(limit)):
        return f"您说的{condition.text}{'属于' if meets else '不属于'}这种情况（{limit}）"
    return f"您说的{condition.text}{'符合' if meets else '不符合'}这一条（{limit}）"
