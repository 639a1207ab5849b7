"""Chinese and Arabic numerals in running text, and text folded without moving a character."""

import re
import unicodedata
from functools import lru_cache

from knowledge.chinese.normal import normal

DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
DASHES = "-‐‑‒–—―−~〜∼"  # for a character class: what stands between the ends of a span
PLACES = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}


@lru_cache(maxsize=16_384)
def _fold_in_place(character: str) -> str:
    """① and its like are marks, not digits, and stay."""
    folded = normal(character)
    keeps = len(folded) == 1 and unicodedata.category(character) != "No"
    return folded if keeps else character


def folded(text: str) -> str:
    """The normal form with every character in its old place, so that positions can be shared."""
    return "".join(map(_fold_in_place, text))


def number_of(text: str) -> float | None:
    """800, 1,000, 3万, 八百, 十五, 二〇一五, 半; None where it is no number."""
    if arabic := re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)([十百千万亿]*)", text.replace("，", ",")):
        return float(arabic[1].replace(",", "")) * _multiplier(arabic[2])
    if text == "半":
        return 0.5
    return _chinese(text)


def _multiplier(places: str) -> int:
    value = 1
    for place in places:
        value *= (PLACES | MYRIADS)[place]
    return value


def _chinese(text: str) -> float | None:
    if not text or set(text) - set(DIGITS) - set(PLACES) - set(MYRIADS):
        return None
    if not set(text) & (set(PLACES) | set(MYRIADS)):
        return float("".join(str(DIGITS[char]) for char in text))
    return float(_placed(text))


def _placed(text: str) -> int:
    total, block, digit = 0, 0, 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in PLACES:
            block += (digit or 1) * PLACES[char]
            digit = 0
        else:
            total, block, digit = (total + block + digit) * MYRIADS[char], 0, 0
    return total + block + digit


def words(block: str) -> list[str]:
    """A list of words written as a block of text."""
    return block.split()
