"""Lines right above a table that say what it holds: 表1 任务安排, （单位：人）."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.chinese.numerals import folded
from knowledge.reading.blocks import Block, Grid, Paragraph
from knowledge.reading.numbering import numbered

_UNIT = re.compile(r"\(?(?:计量)?单位\s*[::][^,。;:]{1,12}\)?")
_COUNTED = re.compile(r"表\s*[\d一二三四五六七八九十]{1,2}(?:-\d)?[\s::.、].{2,40}")
_ANNOUNCING = re.compile(
    r"(?:^|[。;,])(?P<what>[^。;,]{2,24}?)(?:如下表?|(?:详?见|参见|按)(?:下表|附表|表\s*\d?)(?:执行)?)(?:所示)?[::。]?$"
)
_NAMED = re.compile(r".{2,38}表(?:\([^()]{1,12}\))?")

_PART_OF_A_SENTENCE = re.compile(r"[,。;!?]|[下附]表|[见如按]")


def captioned(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with such lines taken into their tables."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid) and not block.table.caption:
            said: list[str] = []
            while kept and _speaks_of_table(kept):
                line = kept.pop()
                assert isinstance(line, Paragraph)
                said.insert(0, line.text)
            caption = " ".join(said) or _announced(kept)
            block = replace(block, table=replace(block.table, caption=caption))
        kept.append(block)
    return kept


def _announced(blocks: Sequence[Block]) -> str:
    """What the paragraph above a table says of it: 集中培训安排见下表."""
    above = blocks[-1] if blocks else None
    if not isinstance(above, Paragraph) or above.level:
        return ""
    hit = _ANNOUNCING.search(folded(above.text).strip())
    return hit["what"] if hit else ""


def _speaks_of_table(blocks: Sequence[Block]) -> bool:
    """The last line; the title of an annex is left to the annex, a heading to its section."""
    line = blocks[-1]
    if not isinstance(line, Paragraph) or line.level or line.number:
        return False
    text = folded(line.text).strip()
    if _UNIT.fullmatch(text) or _COUNTED.fullmatch(text):
        return True
    above = blocks[-2] if len(blocks) > 1 else None
    opening = numbered(above.text) if isinstance(above, Paragraph) else None
    titled = opening is not None and opening.family == "附件" and not opening.rest
    named = bool(_NAMED.fullmatch(text)) and not numbered(line.text)
    stands_out = bool(line.dress) or not _PART_OF_A_SENTENCE.search(text)
    return stands_out and named and not titled and above is not None
