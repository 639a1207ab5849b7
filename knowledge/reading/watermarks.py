"""Characters that copying sites strew into a text: 四分版之三 … 水平权直接 spells 版权."""

import re
from collections.abc import Iterator
from functools import cache

from knowledge.chinese.numerals import folded
from knowledge.chinese.words import Cutter

_WATERMARKS = ("版权", "内容", "专属", "百度", "知道", "来自", "原创")
_AROUND = 4  # characters on either side that decide which word a character belongs to


def without_watermark(text: str) -> str:
    """The text without a strewn word; it goes only where every character of it stands alone."""
    plain = folded(text)
    for word in _WATERMARKS:
        places = list(_strewn(plain, word))
        if len(places) == len(word):
            return "".join(char for at, char in enumerate(text) if at not in places)
    return text


def _strewn(plain: str, word: str) -> Iterator[int]:
    """Where the characters of the word stand, one after the other and each outside a word."""
    at = 0
    for char in word:
        while (at := plain.find(char, at)) >= 0 and not _stands_alone(plain, at):
            at += 1
        if at < 0:
            return
        yield at
        at += 2  # side by side they are a word that was written


def _stands_alone(plain: str, at: int) -> bool:
    """Between two characters of a sentence, and in no word of the dictionary."""
    if not re.fullmatch(r"[\u4e00-\u9fff]{3}", plain[max(0, at - 1) : at + 2]):
        return False
    begin = max(0, at - _AROUND)
    window = plain[begin : at + _AROUND + 1]
    words = [part for part in _cutter().parts(window) if len(part) > 1]
    return not any(
        found.start() <= at - begin < found.end()
        for word in words
        for found in re.finditer(re.escape(word), window)
    )


@cache
def _cutter() -> Cutter:
    return Cutter()
