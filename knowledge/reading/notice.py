"""Blocks to a notice: head, body, signature, annexes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.chinese.numerals import folded
from knowledge.notices import Notice, Section
from knowledge.reading.amendments import amended_by
from knowledge.reading.blocks import Block, Grid, Paragraph
from knowledge.reading.captions import captioned
from knowledge.reading.dress import dressed
from knowledge.reading.heads import (
    day_beside_name,
    full_date,
    head_of,
    is_organisation,
    province_of,
    separate,
    years_in,
)
from knowledge.reading.lone_numbers import with_numbers
from knowledge.reading.numbering import opening_of
from knowledge.reading.outline import sections_of

_LINK = re.compile(r"https?://\s?[A-Za-z0-9][\w.-]*\.[A-Za-z]{2,}[^\s\u0080-\uffff<>\"']*")
_ATTACHED = re.compile(r"^附\s*件\s*(?:\d{1,2}\s*)?[:.、]")
_LISTED = re.compile(r"^\d{1,2}\s*[.、]")
_BARE_ANNEX = re.compile(r"附\s*件\s*\d{0,2}\s*:?")
_FOOT = re.compile(r"^抄[送报]\s*:|^\(?(?:此件|主动|依申请).{0,6}公开|日印发$|^\(?信息公开形式")
_SIGNATURE_LENGTH = 4


def notice_of(blocks: Sequence[Block], *, region: str = "", name: str = "") -> Notice:
    """The notice that these blocks print. `name` stands in for a title that is not there."""
    blocks = with_numbers(blocks)
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    head = head_of(_before_first_section(paragraphs))
    used = {id(paragraphs[at]) for at in head.used}
    printed = [block for block in blocks if id(block) not in used]
    body = _without_margins(printed)
    closing = _closing(body)
    listed = _kept_list(body, closing)
    body = _without_annex_list(body[: closing.begin] + body[closing.stop :])
    head = replace(head, issuers=_fuller(head.issuers, closing.signers))
    title = head.title or _stand_in_title(body) or name
    texts = [block.text for block in body if isinstance(block, Paragraph)]
    amends = amended_by(title, texts, head.number)
    return Notice(
        title=title,
        number=head.number,
        issuers=head.issuers,
        issued=closing.issued or head.issued or _printed_on(printed),
        addressees=head.addressees,
        province=province_of(head, title, texts, region),
        years=years_in(title) or years_in(" ".join(amends)),
        sections=sections_of(dressed(captioned(_without_title(body, title)))) + listed,
        links=links_in(paragraphs),
        amends=amends,
    )


def _fuller(named: tuple[str, ...], signers: tuple[str, ...]) -> tuple[str, ...]:
    """来源：省教师发展中心 says less than the signature 河北省教师发展中心."""
    short = all(any(each.endswith(name) for each in signers) for name in named)
    return signers if signers and short else named


def _before_first_section(paragraphs: list[Paragraph]) -> list[Paragraph]:
    for at, paragraph in enumerate(paragraphs):
        opening = opening_of(paragraph)
        if paragraph.number or (
            opening and opening.family in ("章", "条", "壹、", "一、", "（一）")
        ):
            return paragraphs[:at]
    return paragraphs


def links_in(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """Every web address, blanks that a machine put after http:// taken out."""
    found: dict[str, None] = {}
    for paragraph in paragraphs:
        for match in _LINK.finditer(paragraph.text):
            found["".join(match[0].split()).rstrip(".,;:)")] = None
        found.update(dict.fromkeys(paragraph.links))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Closing:
    """The list of annexes, the signature and the date: body[begin:stop]."""

    begin: int
    stop: int
    signers: tuple[str, ...] = ()
    issued: date | None = None


def _closing(body: Sequence[Block]) -> _Closing:
    dated = _signature_date(body)
    if dated is None:
        return _undated_closing(body)
    at, issued, same_line = dated
    signers_from = at
    while signers_from > max(0, at - _SIGNATURE_LENGTH) and _signs(body[signers_from - 1]):
        signers_from -= 1
    signed = [same_line] if same_line else []
    signed += [block.text for block in body[signers_from:at] if isinstance(block, Paragraph)]
    begin, _ = _annex_list(body, signers_from)
    signers = tuple(name for text in signed for name in separate(text))
    return _Closing(min(begin, signers_from), at + 1, signers, issued)


def _undated_closing(body: Sequence[Block]) -> _Closing:
    """A list of annexes and the issuer's name at the very end."""
    last = body[-1] if len(body) > 1 else None
    signed = isinstance(last, Paragraph) and _signs(last) and not last.dress
    end = len(body) - 1 if signed else len(body)
    begin, _ = _annex_list(body, end)
    signers = separate(last.text) if signed and isinstance(last, Paragraph) else ()
    return _Closing(begin, len(body), signers)


def _signature_date(body: Sequence[Block]) -> tuple[int, date, str] | None:
    """The last line before the annexes that is a date, perhaps behind the name of the issuer."""
    found = None
    for at, block in enumerate(body):
        if not isinstance(block, Paragraph):
            continue
        if found and _begins_annex(block):
            break
        if day := full_date(block.text):
            found = at, day, ""
        elif len(block.text) <= 60 and (day := day_beside_name(block.text)):
            found = at, day, block.text.rpartition(" ")[0]
    return found


def _begins_annex(block: Paragraph) -> bool:
    opening = opening_of(block)
    return bool(opening and opening.family == "附件" and len(block.text) <= 60)


def _signs(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.level and is_organisation(block.text)


def _annex_list(body: Sequence[Block], before: int) -> tuple[int, int]:
    """Where the list 附件：1.… 2.… stands that ends before `before`; empty where there is none."""
    for at in range(max(0, before - 16), before):
        block = body[at]
        if isinstance(block, Paragraph) and _ATTACHED.match(folded(block.text)):
            rest = body[at + 1 : before]
            if all(isinstance(each, Paragraph) and _is_listed(each.text) for each in rest):
                return at, before
    return before, before


def _is_listed(text: str) -> bool:
    plain = folded(text)
    return bool(_LISTED.match(plain) or _ATTACHED.match(plain))


def _kept_list(body: Sequence[Block], closing: _Closing) -> tuple[Section, ...]:
    """The list of annexes is kept only where the annexes themselves are not in the file."""
    after, within = body[closing.stop :], body[closing.begin : closing.stop]
    if any(isinstance(block, Paragraph) and _begins_annex(block) for block in after):
        return ()
    texts = [block.text for block in within if isinstance(block, Paragraph)]
    listed = tuple(text for text in texts if _is_listed(text))
    return (Section("", "附件", listed),) if listed else ()


def _without_annex_list(body: list[Block]) -> list[Block]:
    """Without 附件：任务安排表 where that annex follows under a line 附件 of its own."""
    texts = [folded(block.text) if isinstance(block, Paragraph) else "" for block in body]
    begin = next((at for at, text in enumerate(texts) if _ATTACHED.match(text)), len(body))
    if _BARE_ANNEX.fullmatch(texts[begin] if begin < len(body) else ""):
        return body
    stop = begin + 1
    while stop < len(body) and _LISTED.match(texts[stop]):
        stop += 1
    follows = any(_BARE_ANNEX.fullmatch(text) for text in texts[stop:])
    return body[:begin] + body[stop:] if follows else body


def _without_margins(body: Sequence[Block]) -> list[Block]:
    """Without lines that are an address only, and those at the foot: 抄送, 此件公开发布."""
    return [block for block in body if not (isinstance(block, Paragraph) and _is_margin(block))]


def _is_margin(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    return bool(_LINK.fullmatch(text) or (len(text) <= 80 and _FOOT.search(folded(text))))


def _printed_on(blocks: Sequence[Block]) -> date | None:
    """The day at the foot: …办公室 2025年8月15日印发."""
    lines = [block.text for block in blocks if isinstance(block, Paragraph) and _is_margin(block)]
    days = (full_date(line.removesuffix("印发").rpartition(" ")[2]) for line in lines)
    return next(filter(None, days), None)


def _stand_in_title(body: Sequence[Block]) -> str:
    """The first heading, or a first line that is short enough to be one."""
    for block in body[:3]:
        match block:
            case Paragraph() if block.level or (len(block.text) <= 60 and "。" not in block.text):
                return block.text if not opening_of(block) else ""
            case Grid() if block.table.caption:
                return block.table.caption
    return ""


def _without_title(body: list[Block], title: str) -> list[Block]:
    first = body[0] if body else None
    return body[1:] if isinstance(first, Paragraph) and first.text == title else body
