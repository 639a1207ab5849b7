"""What a change puts there without saying what was there: 报名邮箱改为…, 线上研修推迟一周."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.answering.amendments.same_thing import is_said_of
from knowledge.answering.passages import Passage, dates_of
from knowledge.chinese.normal import normal

_SORTS = {  # a new value of a sort takes the place of an old one of the same sort
    "mail": re.compile(r"[\w.-]+@[\w.-]+"),
    "phone": re.compile(r"(?<!\d)(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9})(?!\d)"),
    "site": re.compile(r"https?:|www\.|(?<![@\w.])[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII),
}
_PUT = re.compile(
    r"(?P<what>[^，,。；;：:]{2,20}?)(?:统一|均|一律|现)?(?:改|变更|调整|更[改正换])[为成到至](?P<new>[^，,。；;]+)"
)
_SHIFTED = re.compile(
    r"(?P<what>[^，,。；;：:]{2,20}?)(?:统一|均|一律|各|相应|再)*(?:推迟|延长|延后|顺延|延期|提前)"
    r"(?:[一二两三四五六七八九十半\d]+(?:个?(?:周|月|星期|工作日)|天|日))"
)
_TAIL = re.compile(r"(?:开始|结束|截止|完成|起止)?(?:时间|日期)$")
_WAYS_TO_REACH = re.compile(
    r"(?:咨询|联系|项目办?|会务|服务|监督|公务)*(?:电话|手机|邮箱|电子邮箱|热线|网址)"
)


@dataclass(frozen=True, slots=True)
class Renewal:
    what: str  # in normal form; "" where it is the one way to reach the office
    sort: str  # of `_SORTS`, or "day"

    def is_of(self, passage: Passage, said: str) -> bool:
        """Whether a passage tells such a value of the same thing; `said` is its text in full."""
        if not self._has_sort(passage.text):
            return False
        if not self.what:
            return passage.kind != "row"
        return is_said_of(self.what, said)

    def _has_sort(self, text: str) -> bool:
        return bool(dates_of(text) if self.sort == "day" else _SORTS[self.sort].search(text))


def renewals_in(text: str) -> Iterator[Renewal]:
    for hit in _PUT.finditer(text):
        sorts = [sort for sort, pattern in _SORTS.items() if pattern.search(hit["new"])]
        for sort in [*sorts[:1], *(["day"] if not sorts and dates_of(hit["new"]) else [])]:
            yield Renewal(_said_of(hit["what"]), sort)
    for hit in _SHIFTED.finditer(text):
        yield Renewal(_said_of(hit["what"]), "day")


def _said_of(what: str) -> str:
    plain = normal(what)
    return "" if _WAYS_TO_REACH.fullmatch(plain) else _TAIL.sub("", plain)
