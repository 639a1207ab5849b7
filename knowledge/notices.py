"""A notice as it was understood: head, section tree, tables. Text is kept as printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; merged cells are repeated, so every row is as long as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered part of a notice. The text before the first number is a section without one."""

    number: str  # as printed: 一、 / （一） / 1. / ① / 附件1 / 第三条; "" for unnumbered text
    heading: str  # "" where the number stands before running text
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    children: tuple["Section", ...] = ()

    def texts(self) -> Iterator[str]:
        """Heading and paragraphs, then those of the parts; tables are left out."""
        yield self.heading
        yield from self.paragraphs
        for child in self.children:
            yield from child.texts()


@dataclass(frozen=True, slots=True)
class Notice:
    title: str
    number: str = ""  # 文号 as printed
    issuers: tuple[str, ...] = ()
    issued: date | None = None
    addressees: str = ""
    province: str = ""  # short name (云南); "" for a national notice
    years: tuple[int, ...] = ()  # years the notice is about, not the year it was issued
    sections: tuple[Section, ...] = ()  # annexes are sections of their own with number 附件N
    links: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()  # numbers or titles of what it adjusts (调整, 更正, 补充, 延期)

    def texts(self) -> Iterator[str]:
        for section in self.sections:
            yield from section.texts()
