"""How a table names its stages: 分散研修（7月下旬-9月30日）, or name and time in two columns."""

import re

from knowledge.chinese.dates import find_dates
from knowledge.chinese.numerals import DASHES
from knowledge.programme.columns import Columns, Row

Label = tuple[str, str]  # name and time

_NOT_OF_THE_NAME = re.compile(r"(?:研修|培训|起止)?(?:时间|日期)(?:为|[:：])?")
_NUMBER = r"[\d一二三四五六七八九十]+"
_WEEKS = re.compile(rf"第{_NUMBER}(?:周?[{DASHES}至到]第?{_NUMBER})?周")
_LASTING = re.compile(rf"[(（](?P<time>[共约为期]{{0,2}}{_NUMBER}个?(?:天|日|周|星期|月))[)）]$")
_BETWEEN = re.compile(r"[\s、，,；;和及与]*")


def label_of(columns: Columns, row: Row) -> Label:
    """Name and time of the stage, from their columns or from the one that holds both."""
    name = one_line(row[columns.stage]) if columns.stage is not None else ""
    when = one_line(row[columns.when]) if columns.when is not None else ""
    if name and when:
        return name, when
    return split_label(name or when)


def split_label(text: str) -> Label:
    """分散研修（7月下旬-9月30日） -> 分散研修, 7月下旬-9月30日."""
    text = one_line(text)
    begin, stop = _time_in(text)
    if begin == stop:
        lasting = _LASTING.search(text)
        return (text[: lasting.start()], lasting["time"]) if lasting else (text, "")
    rest = _NOT_OF_THE_NAME.sub("", f"{text[:begin]} {text[stop:]}")
    name = re.sub(rf"[()（）:：，,\s]+|[{DASHES}]+$", "", rest)
    return name or text[begin:stop], text[begin:stop]


def _time_in(text: str) -> tuple[int, int]:
    """Where the time stands: one span, or several with nothing but a comma between them."""
    mentions = find_dates(text, year=2000)
    if not mentions:
        weeks = _WEEKS.search(text)
        return weeks.span() if weeks else (0, 0)
    begin, stop = mentions[0].begin, mentions[0].stop
    for mention in mentions[1:]:
        if not _BETWEEN.fullmatch(text[stop : mention.begin]):
            break
        stop = mention.stop
    return begin, stop


def one_line(text: str) -> str:
    """Lines of a cell joined; blanks stay between Latin words only."""
    joined = "".join(text.splitlines())
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", joined).strip()
