"""Which earlier notices a notice says it changes: 调整, 补充通知, 更正, 延期, 以本通知为准."""

import re
from collections.abc import Iterable

from knowledge.chinese.numerals import folded
from knowledge.reading.heads import NUMBER, document_number

_CHANGES = re.compile(
    r"调整|补充|更正|勘误|延期|推迟|提前至|顺延|改为|变更|修改|修订|废止|作废|替代|取代|不再执行|停止执行|以本通知为准"
    r"|以此为准|同时取消"
)
_REFERENCE = re.compile(
    r"《(?P<title>[^《》]{4,80}(?:《[^《》]*》[^《》]{0,40})?)》\s*(?:[(,、]\s*(?P<after>"
    + NUMBER.pattern.replace("?P<number>", "?:")
    + r"))?|"
    + NUMBER.pattern
)
_BASIS = re.compile(r"(?:根据|按照|依据|为贯彻落实|贯彻落实|遵照|参照)[^。;]{0,40}$")
_SENTENCE = re.compile(r"[^。;！!？?\n]+")


def amended_by(title: str, paragraphs: Iterable[str], own_number: str) -> tuple[str, ...]:
    """Numbers and titles, as far as given, of the notices that are changed."""
    changes_something = bool(_CHANGES.search(folded(title)))
    found: dict[str, None] = {}
    for at, paragraph in enumerate((title, *paragraphs)):
        for sentence in _SENTENCE.findall(paragraph):
            if _CHANGES.search(folded(sentence)) or (changes_something and at <= 3):
                found.update(dict.fromkeys(_references(sentence)))
    return tuple(name for name in found if folded(name) != folded(own_number))


def _references(sentence: str) -> Iterable[str]:
    plain = folded(sentence)
    for match in _REFERENCE.finditer(plain):
        if _BASIS.search(plain[: match.start()]):
            continue
        for group in ("after", "number", "title"):
            if match[group]:
                printed = sentence[match.start(group) : match.end(group)]
                yield printed if group == "title" else document_number(printed)
