"""What every file format is turned into: a stream of paragraphs and tables."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.notices import Table


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`level` is the heading level the format gives it, 0 for running text.

    `number` is the number at its head where the format counts it: known to be one without a look.
    `dress` is what may mark it as a heading without one: bold print, 【】, ■.
    """

    text: str
    line: int = 0  # line of a text, page of a PDF (1-based); 0 where the format has neither
    level: int = 0
    links: tuple[str, ...] = ()
    number: str = ""
    dress: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table where it stands in the text."""

    table: Table
    line: int = 0


Block = Paragraph | Grid

BOLD = "bold"

_RADICALS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad]")
_ROUND_ZERO = re.compile(r"(?<=[一二三四五六七八九〇○])[○OＯО](?=[○OＯО〇一二三四五六七八九十年])")
_RADICALS_AND_CHARACTERS = (  # those that NFKC leaves as they are, in pairs
    "⺁厂⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺌小⺍小⺏尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡"
    "⺜日⺝月⺞歹⺟母⺠民⺡氵⺢水⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹"
    "⺰纟⺱罒⺲罒⺳罒⺵羊⺶羊⺷羊⺸羊⺹耂⺺聿⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西"
    "⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青"
    "⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿"
    "⻰龙⻱龜⻳龟"
)
_SIMPLIFIED_RADICALS = dict(
    zip(_RADICALS_AND_CHARACTERS[::2], _RADICALS_AND_CHARACTERS[1::2], strict=True)
)


def grid(rows: Iterable[Iterable[str]], *, line: int = 0, caption: str = "") -> Grid | None:
    """Rows of equal length, without empty rows and columns; None where nothing is left."""
    kept = [tuple(tidy(cell) for cell in row) for row in rows]
    kept = [row for row in kept if any(row)]
    width = max(map(len, kept), default=0)
    kept = [row + ("",) * (width - len(row)) for row in kept]
    columns = [index for index in range(width) if any(row[index] for row in kept)]
    if not columns:
        return None
    header, *body = (tuple(row[index] for index in columns) for row in kept)
    return Grid(Table(header, tuple(body), caption), line)


def tidy(text: str) -> str:
    """Spaces of layout taken out: no blanks at the edges, none doubled; lines of a cell stay."""
    lines = (" ".join(line.split()) for line in plain_characters(text).splitlines())
    return "\n".join(line for line in lines if line)


def plain_characters(text: str) -> str:
    """Radicals that fonts put in place of characters (⽉ for 月) put back, invisible marks out;
    二○二六 gets its zero."""
    text = _RADICALS.sub(lambda radical: _character(radical[0]), text)
    return _INVISIBLE.sub("", _ROUND_ZERO.sub("〇", text))


def _character(radical: str) -> str:
    return _SIMPLIFIED_RADICALS.get(radical) or unicodedata.normalize("NFKC", radical)
