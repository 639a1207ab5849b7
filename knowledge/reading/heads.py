"""The head of a notice, read from its text: title, 文号, issuers, addressees, date, province."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.chinese.dates import find_dates
from knowledge.chinese.numerals import DASHES, folded, number_of
from knowledge.chinese.regions import (
    canonical,
    province_in,
    province_most_named,
    province_of_number,
)
from knowledge.reading.blocks import Paragraph

NUMBER = re.compile(
    r"(?P<number>[^\W\d_]{1,14}\s*[〔\[【(（［﹝]\s*(?:19|20)\d{2}\s*[〕\]】)）］﹞]\s*第?\s*\d{1,5}\s*[号號])"
)
_BEFORE_NUMBER = re.compile(
    r".*(?:字号|文号|编号|按照|根据|依据|仍按|[按见对以与和及的原将由经自])(?=[^\W\d_]{2})"
)
_TITLE_KINDS = (
    "通知|办法|方案|意见|公告|函|通报|公示|细则|规定|指南|手册|安排|计划|安排表|须知|说明|决定|批复|要求|日程"
    "|日程表|工作要点|简章|章程|启事|倡议书|实施纲要|规程|问答"
)
_TITLE_END = re.compile(rf"(?:{_TITLE_KINDS})(?:\((?:试行|暂行|修订|征求意见稿)\))?[》】]?$")
_ORGANISATION = re.compile(
    r"^[^\d,。:;、]{2,30}(?:厅|部|局|委|委员会|办公室|办公厅|中心|大学|学院|学校|院|会|办|处|司|组|公司|政府|站|馆)$"
)
_NATIONAL = re.compile(
    r"^(?:教育部|财政部|国务院|国家|中共中央|中央|人力资源和?社会保障部|全国|中国)"
)
_MINISTRY = "教育部|财政部|人力资源|国家|中国|共青团|中共"
_BRACKETED = re.compile(r"[\[【〖][^\[\]【】〖〗]*[\]】〗]:?")  # 【会议日程】 is a heading
_LETTERHEAD = re.compile(r"文\s*件$")
_PUBLISHED = re.compile(r"(?:发布|印发|发文|成文|更新|制发)(?:时间|日期)?\s*:?\s*(?=[\d二])")
_ABOUT_THE_PAGE = re.compile(r"(?:来源|作者|发布[者人]|浏览|点击|阅读|访问|字[号体])[^:]{0,4}:")
_SOURCE = re.compile(
    r"(?:来源|发文机关|发布机构|发文单位|发布单位)\s*:\s*(?P<name>[^\s:,。]{3,30})"
)
_ROUND_A_NUMBER = 6  # brackets, blanks, a full stop of layout
_NUMBER_LABEL = re.compile(r"(?:字号|文号|文件编号)\s*:|文件\s")
_PLAIN_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_SIGNED_OFF = re.compile(r"\s*[签簽][发發]人\s*[:：].*$")
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("「", "」"), ("『", "』"))
_HEAD_LENGTH = 20  # paragraphs in which a head is looked for
_LONGEST_TITLE_LINE = 60


@dataclass(frozen=True, slots=True)
class Head:
    title: str = ""
    number: str = ""
    issuers: tuple[str, ...] = ()
    issued: date | None = None
    addressees: str = ""
    used: frozenset[int] = frozenset()  # which paragraphs it was read from


def head_of(paragraphs: Sequence[Paragraph]) -> Head:
    """Read the head from the paragraphs before the first section."""
    texts = [paragraph.text for paragraph in paragraphs[:_HEAD_LENGTH]]
    number_at, number = _number_line(texts)
    title_at, title = title_in(texts)
    addressed = _addressees(texts, title_at.stop)
    dated = _dated(texts[: addressed + 1 if addressed is not None else title_at.stop + 4])
    used = {*title_at, *number_at, *dated}
    if addressed is not None:
        used.add(addressed)
    used |= {at for at in range(title_at.start) if is_letterhead(texts[at])}
    used |= {at for at, text in enumerate(texts) if _SOURCE.fullmatch(folded(text).strip())}
    return Head(
        title=_without_number(title),
        number=number,
        issuers=issuers_in_title(title) or _issuers_elsewhere(texts),
        issued=next(iter(dated.values()), None),
        addressees=texts[addressed].rstrip(":： ") if addressed is not None else "",
        used=frozenset(used),
    )


def _number_line(texts: list[str]) -> tuple[tuple[int, ...], str]:
    """The line with the 文号 of the notice itself: alone, behind a label, or closing the title."""
    for at, printed in enumerate(texts):
        text = _SIGNED_OFF.sub("", printed)
        match = NUMBER.search(folded(text))
        if not match:
            continue
        alone = len(text) <= len(match[0]) + _ROUND_A_NUMBER and "。" not in text
        alone = alone or day_beside_number(text) is not None
        labelled = bool(_NUMBER_LABEL.search(folded(text)))
        in_title = bool(_TITLE_END.search(_without_number(text)) and text.endswith((")", "）")))
        if alone or labelled or in_title:
            printed = text[match.start("number") : match.end("number")]
            return ((at,) if alone else ()), document_number(printed)
    return (), ""


def document_number(printed: str) -> str:
    """The 文号 without blanks and without the words before it: 仍按鄂师培… -> 鄂师培…."""
    number = "".join(printed.split()).translate(_PLAIN_DIGITS)
    words_before = _BEFORE_NUMBER.match(folded(number))
    return number[words_before.end() :] if words_before else number


def _without_number(title: str) -> str:
    return re.sub(
        r"\s*[(（]" + NUMBER.pattern.replace("?P<number>", "?:") + r"[)）]\s*$", "", title
    )


def title_in(texts: Sequence[str]) -> tuple[range, str]:
    """The lines of the title and the title; an empty range where there is none."""
    for stop in range(1, len(texts) + 1):
        if not ends_title(texts[stop - 1]):
            continue
        start = _first_title_line(texts, stop)
        title = "".join(texts[start:stop])
        if "关于" in folded(title) or len(title) <= _LONGEST_TITLE_LINE:
            return range(start, stop), title
    return range(0), ""


def _first_title_line(texts: Sequence[str], stop: int) -> int:
    start = stop - 1
    while start > 0 and "关于" not in folded("".join(texts[start:stop])):
        if stop - start >= 4 or not _continues_title(texts[start - 1]):
            return stop - 1
        start -= 1
    while (
        start > 0 and folded(texts[start]).startswith("关于") and is_organisation(texts[start - 1])
    ):
        start -= 1
    return start


def _continues_title(text: str) -> bool:
    plain = folded(text)
    return (
        len(text) <= _LONGEST_TITLE_LINE
        and not NUMBER.search(plain)
        and not _LETTERHEAD.search(plain)
        and not plain.endswith(("。", ":", ";"))
        and not full_date(text)
        and not _PUBLISHED.search(plain)
    )


def is_organisation(text: str) -> bool:
    parts = folded(text).split()
    return bool(parts) and all(_ORGANISATION.match(part) for part in parts)


def issuers_in_title(title: str) -> tuple[str, ...]:
    before, about, _ = folded(title).partition("关于")
    names = separate(title[: len(before)].replace("、", " ")) if about else ()
    return names if all(_ORGANISATION.match(folded(name)) for name in names) else ()


def separate(names: str) -> tuple[str, ...]:
    """湖南省教育厅湖南省财政厅 are two: the second begins as the first, or is a ministry."""
    found: list[str] = []
    for name in names.split():
        again = rf"(?<=[厅局部委会室心院处])(?={re.escape(name[:2])}|{_MINISTRY})"
        found += re.split(again, name)
    return tuple(found)


def _issuers_elsewhere(texts: list[str]) -> tuple[str, ...]:
    for text in texts:
        if _LETTERHEAD.search(folded(text)):
            name = re.sub(r"\s*文\s*件$", "", text).replace(" ", "")
            return separate(name) if is_organisation(name) else ()
        if day_beside_name(text):
            return separate(text.rpartition(" ")[0])
        if source := _SOURCE.search(folded(text)):
            return (text[source.start("name") : source.end("name")],)
    return ()


def says_when_published(text: str) -> bool:
    """发布时间：2026-03-05 09:21 and the like."""
    return len(text) <= _LONGEST_TITLE_LINE and bool(_PUBLISHED.search(folded(text)))


def ends_title(text: str) -> bool:
    """Whether the line may be the last one of a title: … 的通知."""
    plain = _without_number(folded(text))
    return (
        bool(_TITLE_END.search(plain))
        and len(plain) <= 2 * _LONGEST_TITLE_LINE
        and not _BRACKETED.fullmatch(plain)
        and not _is_open(text)
    )


def _is_open(text: str) -> bool:
    """…关于举办“国培计划: the quotation goes on in the next line."""
    return any(text.rfind(opens) > text.rfind(closes) for opens, closes in _PAIRS)


def is_letterhead(text: str) -> bool:
    return bool(_LETTERHEAD.search(folded(text))) or is_organisation(text)


def _addressees(texts: list[str], after: int) -> int | None:
    for at in range(after, min(after + 6, len(texts))):
        plain = folded(texts[at]).rstrip()
        if plain.endswith(":") and "。" not in plain and not re.search(r"如下:$|http|附件", plain):
            return at
    return None


def _dated(texts: list[str]) -> dict[int, date]:
    """Lines of the head that give the day of issue: 2026年3月5日, 发布时间：2026-03-05."""
    found: dict[int, date] = {}
    for at, text in enumerate(texts):
        plain = folded(text)
        day = full_date(plain.strip("()")) or day_beside_number(text) or day_beside_name(text)
        if not day and (said := _PUBLISHED.search(plain)):
            day = _first_full_day(plain[said.end() :])
        if not day and len(text) <= _LONGEST_TITLE_LINE and _ABOUT_THE_PAGE.search(plain):
            day = _first_full_day(plain)
        if day:
            found[at] = day
    return found


def day_beside_number(text: str) -> date | None:
    """The day in 某教〔2022〕6号  2022年5月10日印发."""
    number = NUMBER.match(folded(text.strip()))
    rest = text.strip()[number.end() :] if number else ""
    return full_date(re.sub(r"(?:印发|发布|发)$", "", rest.strip()))


def day_beside_name(text: str) -> date | None:
    """The day in 天津市教师发展中心 2026年1月15日."""
    name, _, last = text.strip().rpartition(" ")
    return full_date(last) if is_organisation(name) else None


def full_date(text: str) -> date | None:
    """The day, where the text is nothing but a day: 2015年4月7日."""
    plain = folded(text).replace(" ", "")
    mentions = find_dates(plain) if len(plain) <= 24 else []
    whole = mentions and len(mentions[0].text) >= len(plain) - 2 and mentions[0].first.day
    alone = whole and mentions[0].begin == 0 and mentions[0].start == mentions[0].end
    return mentions[0].start if alone else None


def _first_full_day(text: str) -> date | None:
    return next((each.start for each in find_dates(text) if each.first.day), None)


def province_of(head: Head, title: str, texts: Sequence[str], region: str) -> str:
    """From the issuer, the title, the 文号, what the coordinator says, the text.

    "" for a national notice.
    """
    issuers = head.issuers
    named = [name for text in (*issuers, title) for name in province_in(text)]
    if named:
        return named[0]
    if any(_NATIONAL.match(folded(name)) for name in issuers) or _NATIONAL.match(folded(title)):
        return ""
    from_text = province_most_named(" ".join((head.addressees, *texts)))
    # 青教〔2016〕7号 of 青溪市教育局 is short for the city, not for 青海
    own = any(name[:1] == head.number[:1] for name in issuers)
    by_number = "" if own else province_of_number(head.number)
    return by_number or canonical(region) or from_text


def years_in(title: str) -> tuple[int, ...]:
    """The years a title speaks of: 2026年, 国培计划（2026）, 2026-2028年."""
    plain = re.sub(NUMBER.pattern, "", folded(title))
    years: dict[int, None] = {}
    for match in re.finditer(
        r"(?<!\d)((?:19|20)\d{2}|二[〇零][〇零一二三四五六七八九]{2})"
        rf"(?:年?\s*[{DASHES}至]+\s*(20\d{{2}}))?(?!\d)",
        plain,
    ):
        first, last = number_of(match[1]) or 0, number_of(match[2] or match[1]) or 0
        years.update(dict.fromkeys(range(int(first), min(int(last), int(first) + 10) + 1)))
    return tuple(years)
