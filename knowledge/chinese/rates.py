"""How often something is done: 每半月通报一次, 每周至少答疑2次, 每季度报送, 隔周."""

import re
from dataclasses import dataclass

_PERIOD = (
    r"每(?:间?隔)?(?:半|一|[两二三四五六七八九十]|\d{1,2})?个?"
    r"(?:天|日|周|星期|旬|月|学期|季度|季|年)(?![人元])(?:[末初底]|上、?下午|[上下]午)?"
)
_COUNTED = (
    r"(?:不[少多低]于|至少|最少|最多|各)?(?:\d{1,2}(?:[-—~至]\d{1,2})?|[一两二三四五六七八九十]{1,2})"
    r"(?:次|期|篇|份|回|场|趟|遍|节|条|个(?!月)|轮|例|讲)"
)
_RATE = re.compile(
    rf"{_PERIOD}[^,，。；;]{{0,14}}?{_COUNTED}"
    r"|每[\u4e00-\u9fff]{0,4}(?:\d{1,3}|半|一)?个?(?:分钟|小时|学时|天|周|月)"
    r"[^,，。；;]{0,10}?(?:[一1][次班趟辆]|发车)"
    r"|间隔(?:时间)?[为约是]{0,2}\d{1,3}(?:分钟|小时|天|周)"
    r"|(?:\d{1,2}|[两三四五半])(?:天|周|个?月|小时)一(?:次|期|回|报|班|趟)"
    rf"|(?:{_PERIOD}|[按逐](?:[日周旬月季]|季度|学期)|隔[日周月]|双周)(?![^,，。；;]{{0,8}}(?:元|\d))"
)


@dataclass(frozen=True, slots=True)
class Rate:
    text: str  # as printed: 每半月通报一次
    begin: int
    stop: int


def find_rates(text: str) -> list[Rate]:
    return [Rate(hit[0], *hit.span()) for hit in _RATE.finditer(text)]
