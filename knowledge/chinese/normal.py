"""The one form in which Chinese text is compared: NFKC, Simplified, lower case."""

import unicodedata
from functools import cache

from opencc import OpenCC

from knowledge.kept import Kept


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def simplified(text: str) -> str:
    """Traditional to Simplified by phrase; for showing text, not for comparing it."""
    plain = str(_converter("t2s").convert(text))
    if plain != text:
        for written, meant in _RECONVERTED:
            plain = plain.replace(written, meant)
    return plain


def traditional(text: str) -> str:
    return str(_converter("s2tw").convert(text))  # 為, not the rarer 爲


def _fold(point: int) -> str:
    """One character in normal form. Character by character, so that lengths rarely change."""
    return str(_converter("t2s").convert(unicodedata.normalize("NFKC", chr(point)).lower()))


_FOLDED = Kept(_fold, most=0x10000)


# Words, not characters, that a conversion to Traditional leaves behind; of equal length.
_RECONVERTED = (("网路", "网络"), ("软体", "软件"), ("硬体", "硬件"), ("资讯", "信息"))


def normal(text: str) -> str:
    """The form for comparing: NFKC, Simplified character by character, lower case."""
    folded = text.translate(_FOLDED)
    for written, meant in _RECONVERTED:
        folded = folded.replace(written, meant)
    return folded


def is_traditional(text: str) -> bool:
    """Whether the writer uses Traditional characters: then the reply does too."""
    only_traditional = sum(simplified(letter) != letter for letter in text)
    only_simplified = sum(
        simplified(letter) == letter and traditional(letter) != letter for letter in text
    )
    return only_traditional > only_simplified
