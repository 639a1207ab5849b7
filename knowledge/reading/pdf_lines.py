"""Printed lines of a PDF page: column by column, marks of footnotes out, each with its font."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pdfplumber.utils.text import chars_to_textmap

from knowledge.reading.blocks import BOLD
from knowledge.reading.pdf_columns import Char, Part, parts_of
from knowledge.reading.pdf_tables import unspaced

Font = tuple[str, float]

_BLANK = "\ue000"  # a blank as wide as a character: it was written, not left by the layout
_WIDE = 0.8
_SAME_LINE = 0.3  # of the height of a character: fonts of one line stand a little apart
_NOTE = re.compile(r"[①-⑳\d*※\[\]〔〕()（）]")
_RAISED, _SMALLER = 0.1, 0.9
_IN_BOLD = re.compile(r"bold|black|heavy|simhei|heiti|黑体", re.IGNORECASE)
_LONE = re.compile(r"[\u2e80-\u9fff]")


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    left: float
    right: float
    top: float
    height: float
    page: int
    font: Font | None = None  # None where several are mixed
    edge: float = 0.0  # where the lines of its column end; 0: as those of the page

    def dress(self, usual: Font | None) -> str:
        """What may mark it as a heading: bold print, or a font that is not that of the text."""
        if not (self.font and usual) or self.font == usual or self.font[1] < usual[1]:
            return ""
        name, size = self.font
        bold = _IN_BOLD.search(name) and not _IN_BOLD.search(usual[0])
        return BOLD if bold and size == usual[1] else f"{name} {size}"


def lines_of(chars: Sequence[Char], page: int, width: float) -> Iterator[Line]:
    """The lines in the order in which they are read."""
    for part in parts_of(chars, width):
        usual = _usual_height(part.chars)
        marked = [_marked(char) for char in part.chars if not _is_note(char, part.chars, usual)]
        if not marked:
            continue
        tolerance = max(3.0, usual * _SAME_LINE)
        textmap = chars_to_textmap(marked, y_tolerance=tolerance)
        for line in textmap.extract_text_lines(strip=True, return_chars=True):
            if printed := _line(line, page, part):
                yield printed


def usual_font(lines: Sequence[Line]) -> Font | None:
    counted: Counter[Font] = Counter()
    for line in lines:
        if line.font:
            counted[line.font] += len(line.text)
    return counted.most_common(1)[0][0] if counted else None


def _line(line: Char, page: int, part: Part) -> Line | None:
    """Wide blanks stay between words, not at the edges and not within a word set apart."""
    inside = [char for char in line["chars"] if char["text"].strip(f"{_BLANK} ")]
    if not inside:
        return None
    top, bottom = min(char["top"] for char in inside), max(char["bottom"] for char in inside)
    fonts = {(char["fontname"], round(char["size"], 1)) for char in inside if _is_chinese(char)}
    return Line(
        _text(line["text"]),
        min(char["x0"] for char in inside) - part.moved,
        max(char["x1"] for char in inside) - part.moved,
        top,
        min(bottom - top, max(char["bottom"] - char["top"] for char in inside)),
        page,
        fonts.pop() if len(fonts) == 1 else None,
        part.right,
    )


def _text(printed: str) -> str:
    words = [unspaced(word) for word in printed.split(_BLANK) if word.strip()]
    text = ""
    for before, word in zip(["", *words], words, strict=False):
        apart = before and not (_LONE.fullmatch(before[-2:]) or _LONE.fullmatch(word[:2]))
        text += f" {word}" if apart else word
    return text


def _is_chinese(char: Char) -> bool:
    return bool(_LONE.match(char["text"]))


def _marked(char: Char) -> Char:
    wide = char["text"].isspace() and char["x1"] - char["x0"] >= _WIDE * char["size"]
    return {**char, "text": _BLANK} if wide else char


def _usual_height(chars: Sequence[Char]) -> float:
    counted = Counter(round(char["bottom"] - char["top"], 1) for char in chars)
    return counted.most_common(1)[0][0] if counted else 0.0


def _is_note(char: Char, chars: Sequence[Char], usual: float) -> bool:
    """Whether it is the raised mark of a footnote, ① behind 860人, in text of the usual size."""
    height = char["bottom"] - char["top"]
    if height > _SMALLER * usual or not _NOTE.fullmatch(char["text"]):
        return False
    beside = (
        other
        for other in chars
        if other["bottom"] - other["top"] > height
        and abs(other["x1"] - char["x0"]) < usual / 2
        and other["top"] <= char["bottom"] <= other["bottom"]
    )
    return any(other["bottom"] - char["bottom"] >= _RAISED * usual for other in beside)
