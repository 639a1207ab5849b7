"""How long a leave is, held against the rules for leaves: 半天以内, 1天的, 2天及以上的."""

import re

from knowledge.answering.passages import Passage
from knowledge.answering.question_words import Kind
from knowledge.answering.questions import Question
from knowledge.chinese.numerals import number_of

_NUMBER = r"\d+(?:\.\d+)?|半|[一二两三四五六七八九十]{1,2}"
_LEAVE = re.compile(
    rf"请(?:了|个)?(?P<days>{_NUMBER})天(?:的)?(?:[病事公婚产]|年休)?假"
    rf"|请?[病事]?假(?P<long>{_NUMBER})天(?P<more>以上)?"
)
_INCLUDED = r"(?:\(不?含[^()]{0,4}\))?(?:及|或)?"
_UNDER = r"不足|不满|未满|不到|不超过|少于"
_RULE = re.compile(
    rf"(?P<over>超过|大于|多于)?(?P<under>{_UNDER})?(?<![第前后])(?P<low>{_NUMBER})天?"
    rf"(?:[—\-~至到](?P<high>{_NUMBER})天)?(?<=天){_INCLUDED}(?P<bound>以内|之内|以下|内|以上)?"
    rf"(?:[、,，至到—]?(?:但|且)?(?P<below>{_UNDER})?(?P<top>{_NUMBER})天{_INCLUDED}(?:以内|之内|以下|内)?)?"
    r"(?=的|[,，]?[由须需经报])"
)
_NO_RULE = re.compile(r"(?:不[得能可应]|累计)[^,，。；;]{0,4}$")  # what is forbidden is no case
_ABSENCE = re.compile(r"请假|[病事]假")
_WHO_GRANTS = {Kind.WHO, Kind.WHERE}


def is_rule_for_other_leave(question: Question, passage: Passage) -> bool:
    """请两天假找谁批 is not told by 请假半天以内的，由班主任批准."""
    asked = _LEAVE.search(question.text) if question.asked.kind in _WHO_GRANTS else None
    if asked is None or not _ABSENCE.search(passage.own):
        return False
    days = number_of(asked["days"] or asked["long"])
    if days and asked["more"]:
        days += 0.5  # 两天以上
    rules = [hit for hit in _RULE.finditer(passage.own) if not _is_forbidden(hit)]
    return days is not None and bool(rules) and not any(_holds(hit, days) for hit in rules)


def _is_forbidden(rule: re.Match[str]) -> bool:
    return bool(_NO_RULE.search(rule.string[: rule.start()]))


def _holds(rule: re.Match[str], days: float) -> bool:
    low = number_of(rule["low"]) or 0.0
    above = number_of(rule["high"] or rule["top"] or "")
    if rule["below"] in ("不足", "不满", "未满", "不到", "少于") and days == above:
        return False
    if rule["over"]:
        return low < days <= (above or days)
    if rule["under"]:
        return days < low or (rule["under"] == "不超过" and days == low)
    if rule["bound"] == "以上":
        return low <= days <= (above or days)
    if rule["bound"]:
        return days <= (above or low)
    return low <= days <= (above or low)
