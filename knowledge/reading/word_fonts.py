"""How paragraphs of a Word document are printed: in bold, or in a font unlike that of the text."""

from collections import Counter

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

Font = tuple[str, float]  # its name and its size in points; "" and 0 where the runs name none

_OFF = ("0", "false", "off")


def is_bold(paragraph: BaseOxmlElement) -> bool:
    """Whether every run with text is in bold."""
    marks = [_property(run, "w:b") for run in _runs(paragraph)]
    return bool(marks) and all(
        mark is not None and mark.get(qn("w:val"), "1") not in _OFF for mark in marks
    )


def font_of(paragraph: BaseOxmlElement) -> Font | None:
    """The font that all runs share; None where they differ."""
    fonts = {_font(run) for run in _runs(paragraph)}
    return fonts.pop() if len(fonts) == 1 else None


def usual_font(body: BaseOxmlElement) -> Font | None:
    """That of most of the text."""
    counted: Counter[Font] = Counter()
    for paragraph in body.iter(qn("w:p")):
        for run in _runs(paragraph):
            counted[_font(run)] += sum(len(text.text or "") for text in run.iter(qn("w:t")))
    return counted.most_common(1)[0][0] if counted else None


def _runs(paragraph: BaseOxmlElement) -> list[BaseOxmlElement]:
    runs = paragraph.iter(qn("w:r"))
    return [run for run in runs if any((text.text or "").strip() for text in run.iter(qn("w:t")))]


def _font(run: BaseOxmlElement) -> Font:
    names, size = _property(run, "w:rFonts"), _property(run, "w:sz")
    name = str(names.get(qn("w:eastAsia"), "")) if names is not None else ""
    halves = str(size.get(qn("w:val"), "")) if size is not None else ""
    return name, int(halves) / 2 if halves.isdecimal() else 0.0


def _property(run: BaseOxmlElement, tag: str) -> BaseOxmlElement | None:
    found: BaseOxmlElement | None = run.find(f"{qn('w:rPr')}/{qn(tag)}")
    return found
