"""A paragraph cut into sentences, lists and pieces, each with what says what it is about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.answering.cells import with_names_of_contacts
from knowledge.answering.passages import Passage
from knowledge.chinese.normal import normal, simplified

_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]?")
_ANNOUNCES = re.compile(  # 现将有关事项通知如下: says nothing itself
    r"(?:通知|安排|要点|要求|事项|公布|部署|说明)[^。]{0,6}如下|(?:其他|其余|未尽|未涉及)[^。，]{0,12}(?:按|以|同|不变)[^。]{0,12}(?:执行|为准|不变)|请(?:认真|遵照|照此|按)[^。]{0,8}(?:执行|组织|办理)|^特此通知"
)
_ITEM = re.compile(r"[（(][1-9一二三四五六七八九][)）]|[①-⑨]")
_LIST = re.compile(rf"([^：:]{{2,60}}[：:])\s*(?={_ITEM.pattern})")
_NAME_OF_PIECES = re.compile(r"([\u3400-\u9fffA-Za-z\d（）()、]{2,12})[：:]")
_LEAD = 24  # a first sentence as short as this names what the paragraph is about


def sentences(text: str) -> list[str]:
    return [found for hit in _SENTENCE.finditer(text) if (found := hit[0].strip())]


def pieces_of(paragraph: str, headings: str, here: Passage) -> Iterator[Passage]:
    parts = sentences(paragraph)
    names_rest = len(parts) > 1 and _names_the_rest(parts[0])
    lead = parts[0] if names_rest and not _ANNOUNCES.search(parts[0]) else ""
    around = normal(paragraph) if len(parts) > 1 else ""
    lists, names = list(_lists_in(paragraph)), _names_above(parts)
    for whole, _ in lists:
        first = whole.startswith(parts[0])
        own = normal(whole)
        yield replace(here, text=simplified(whole), own=own, context=headings, opening=first)
    for part, name in zip(parts, names, strict=True):
        if _ANNOUNCES.search(part):
            continue
        shown = f"{lead}{part}" if lead and part is not lead else part
        shown = next((f"{i}{shown}" for w, i in lists if part in w and i not in part), shown)
        label = simplified(lead.rstrip("。")) if lead else here.label
        own = with_names_of_contacts(normal(shown))
        listed = any(part in whole for whole, _ in lists)
        opening = not listed and (part is parts[0] or (bool(lead) and part is parts[1]))
        yield replace(
            here,
            text=simplified(shown),
            own=own,
            context=f"{headings} {normal(name)}",
            around=around,
            label=label,
            opening=opening,
        )


def _names_above(parts: Sequence[str]) -> list[str]:
    """短期实践：写日志3篇；交报告1篇。 names what both pieces are about."""
    names, name = [], ""
    for part in parts:
        said = _NAME_OF_PIECES.match(part)
        name = said[1] if said else name
        names.append(name)
        name = name if part.endswith(("；", ";")) else ""
    return names


def _lists_in(paragraph: str) -> Iterator[tuple[str, str]]:
    """须携带：（1）身份证；（2）照片。 as a whole, with the words that introduce it."""
    for sentence in re.findall(r"[^。！？!?\n]+[。！？!?]?", paragraph):
        if len(_ITEM.findall(sentence)) > 1 and (hit := _LIST.match(sentence)):
            yield sentence.strip(), hit[1].strip()


def _names_the_rest(sentence: str) -> bool:
    return len(sentence) <= _LEAD and not re.search(r"[\d，,：:]", sentence)
