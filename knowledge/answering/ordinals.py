"""第一次集中研修 is printed as 集中研修（一）, 首次集中研修 or 第1次集中研修, too."""

import re

from knowledge.chinese.numerals import number_of

_ORDINAL = re.compile(r"第(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})(?P<of>[\u4e00-\u9fff])")
_DIGITS = "零一二三四五六七八九"
_ONE_AFTER_THE_OTHER = {"次", "期", "轮", "批"}  # are also told by a number in brackets


def same_ordinal(word: str) -> re.Pattern[str] | None:
    """Other ways to print the ordinal, in normal form."""
    hit = _ORDINAL.fullmatch(word)
    number = int(number_of(hit["number"]) or 0) if hit else 0
    if hit is None or not 0 < number < 100:
        return None
    of, spelt = hit["of"], _spelt(number)
    forms = [f"第{number}{of}", f"第{spelt}{of}"]
    forms += [f"首{of}"] if number == 1 else []
    if of in _ONE_AFTER_THE_OTHER:
        forms.append(rf"(?<=[\u4e00-\u9fff])\((?:{number}|{spelt})\)")
    return re.compile("|".join(forms))


def _spelt(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"
