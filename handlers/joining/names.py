"""What somebody calls themselves: a name as it can be kept and shown, or none."""

import re

from handlers import texts
from knowledge.visible import visible

LONGEST = 30
_HAN = r"[\u3400-\u9fff]"
_SCHOOL = r"(?: ?[(（][\w ]{1,20}[)）])?"  # tells namesakes apart
_NAME = re.compile(
    rf"(?:{_HAN}{{2,5}}|{_HAN}+(?:[·•]{_HAN}+)+|[^\W\d_]+(?:[ .'-]+[^\W\d_]+)*){_SCHOOL}"
)
_LONG_WORD = re.compile(rf"{_HAN}{{6}}")
_ASKS = re.compile("什么|怎么|怎样|何时|多少|几号|哪|吗|呢|么$")

_NO_NAMES = frozenset({"我的名字", "我的姓名"})


def readable(text: str) -> str | None:
    """Without controls that turn or hide what is read. None: a question, or no name."""
    name = " ".join(visible(text).split())
    if len(name) > LONGEST or _ASKS.search(name) or not _NAME.fullmatch(name):
        return None
    if name in _NO_NAMES or any(name.lower() in said for said in texts.COURTESIES.values()):
        return None
    bare = re.split("[(（]", name)[0]
    return None if _LONG_WORD.search(bare) and "·" not in bare else name
