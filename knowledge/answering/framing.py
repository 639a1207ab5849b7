"""Words that say little in a question, kept in a table that anybody can extend.

`framing` frames a question without saying what it is about; `generic` is what a question about
tasks and days is made of, `dating` one for a day, `staging` one for the days of a stage; `typed`
are the question words that people type in pinyin; `leaning` ones name no subject by themselves,
`subjects` do, and count for more; `meant` ones sound like others that notices have. They are no
stop lists: kinds are read before, and the index still holds every word. They only do not count
when we ask how much of a question is covered.
"""

import re
from functools import cache
from pathlib import Path

_SECTION = re.compile(r"^\[(\w+)\]\n([^\[]*)", re.M)


@cache
def word_set(name: str) -> frozenset[str]:
    text = Path(__file__).with_name("word_sets.txt").read_text(encoding="utf-8")
    return frozenset(dict(_SECTION.findall(text))[name].split())
