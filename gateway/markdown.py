"""Markdown and MarkdownV2 of messages -> plain text with entities."""

import re
from dataclasses import dataclass, field
from typing import Any, Never

from gateway.errors import bad_request
from gateway.markup import link_entity, utf16_length

Json = dict[str, Any]
RESERVED = "_*[]()~`>#+-=|{}.!"
STYLES = {
    "*": "bold",
    "_": "italic",
    "__": "underline",
    "~": "strikethrough",
    "||": "spoiler",
    "`": "code",
    "```": "pre",
    "[": "text_link",
    "![": "custom_emoji",
}
LEGACY = re.compile(
    r"```(?:(?P<lang>\w+)\n)?(?P<pre>.*?)```|`(?P<code>[^`]*)`|\*(?P<bold>[^*]*)\*"
    r"|_(?P<italic>[^_]*)_|\[(?P<label>[^\]]*)\]\((?P<url>[^)]*)\)",
    re.DOTALL,
)


@dataclass(slots=True)
class _Open:
    mark: str
    begin: int  # in the source, for the refusal
    offset: int
    language: str = ""


@dataclass(slots=True)
class _Reader:
    source: str
    at: int = 0
    text: str = ""
    stack: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)
    quote_begin: int | None = None

    def ahead(self, mark: str) -> bool:
        return self.source.startswith(mark, self.at)

    def put(self, sign: str) -> None:
        self.text += sign
        self.at += 1

    @property
    def innermost(self) -> str:
        return self.stack[-1].mark if self.stack else ""


def _refuse(reason: str) -> Never:
    raise bad_request(f"can't parse entities: {reason}")


def _byte(source: str, at: int) -> int:
    return len(source[:at].encode())


def parse_markdown(source: str) -> tuple[str, list[Json]]:
    """The old kind: nothing nests, and only a mark that opens something needs a backslash."""
    text, entities, at = "", [], 0
    while at < len(source):
        if source[at] == "\\" and source[at + 1 : at + 2] in tuple("_*`["):
            text += source[at + 1]
            at += 2
        elif source[at] in "_*`[" and (match := LEGACY.match(source, at)):
            inner, entity = _legacy_entity(match, utf16_length(text))
            text += inner
            entities += [entity] if entity["length"] and entity["type"] else []
            at = match.end()
        elif source[at] in "_*`":
            _refuse(f"Can't find end of the entity starting at byte offset {_byte(source, at)}")
        else:
            text += source[at]
            at += 1
    return text, entities


def _legacy_entity(match: re.Match[str], offset: int) -> tuple[str, Json]:
    found = match.groupdict()
    kind = next(
        name for name in ("pre", "code", "bold", "italic", "label") if found[name] is not None
    )
    inner = found[kind]
    entity: Json = {"type": kind, "offset": offset, "length": utf16_length(inner)}
    if kind == "label":
        entity |= {"type": "text_link"} | link_entity(found["url"])
    if kind == "pre" and found["lang"]:
        entity["language"] = found["lang"]
    return inner, entity


def parse_markdown_v2(source: str) -> tuple[str, list[Json]]:
    reader = _Reader(source)
    while reader.at < len(source):
        _step(reader)
    if reader.stack:
        last = reader.stack[-1]
        kind = STYLES[last.mark]
        where = _byte(source, last.begin)
        _refuse(f"Can't find end of {kind.title().replace('_', '')} entity at byte offset {where}")
    _end_quote(reader)
    return reader.text, reader.entities


def _step(reader: _Reader) -> None:
    sign = reader.source[reader.at]
    following = reader.source[reader.at + 1 : reader.at + 2]
    if sign == "\\" and following and ord(following) < 127:
        reader.at += 1
        reader.put(following)
    elif reader.innermost in ("`", "```"):
        _inside_code(reader)
    elif sign == "\n":
        reader.put(sign)
        if reader.quote_begin is not None and not reader.ahead(">"):
            _end_quote(reader)
    elif _starts_quote(reader):
        return
    elif sign in RESERVED:
        _mark(reader)
    else:
        reader.put(sign)


def _inside_code(reader: _Reader) -> None:
    if reader.ahead(reader.innermost):
        reader.at += len(reader.innermost)
        _close(reader)
    else:
        reader.put(reader.source[reader.at])


def _starts_quote(reader: _Reader) -> bool:
    at_line_start = not reader.text or reader.text.endswith("\n")
    if not at_line_start or not (reader.ahead(">") or reader.ahead("**>")):
        return False
    reader.at += 1 if reader.ahead(">") else 3
    if reader.quote_begin is None:
        reader.quote_begin = utf16_length(reader.text)
    return True


def _end_quote(reader: _Reader) -> None:
    if reader.quote_begin is None:
        return
    length = utf16_length(reader.text.rstrip("\n")) - reader.quote_begin
    if length > 0:
        reader.entities.append(
            {"type": "blockquote", "offset": reader.quote_begin, "length": length}
        )
    reader.quote_begin = None


def _mark(reader: _Reader) -> None:
    if reader.ahead("]") and reader.innermost in ("[", "!["):
        _close_link(reader)
        return
    found = [
        mark for mark in ("```", "__", "||", "![", "*", "_", "~", "`", "[") if reader.ahead(mark)
    ]
    if not found:
        sign = reader.source[reader.at]
        _refuse(f"Character '{sign}' is reserved and must be escaped with the preceding '\\'")
    mark = found[0]
    begin = reader.at
    reader.at += len(mark)
    if reader.innermost == mark:
        _close(reader)
        return
    opened = _Open(mark, begin, utf16_length(reader.text))
    if mark == "```" and (language := re.compile(r"([^\s`]+)\n").match(reader.source, reader.at)):
        opened.language = language.group(1)
        reader.at = language.end()
    reader.stack.append(opened)


def _close(reader: _Reader, more: Json | None = None) -> None:
    opened = reader.stack.pop()
    length = utf16_length(reader.text) - opened.offset
    entity: Json = {"type": STYLES[opened.mark], "offset": opened.offset, "length": length}
    entity |= more or {}
    if opened.language:
        entity["language"] = opened.language
    if length and entity["type"]:
        reader.entities.append(entity)


def _close_link(reader: _Reader) -> None:
    reader.at += 1
    url = ""
    if reader.ahead("("):
        end = re.compile(r"\(((?:\\.|[^)\\])*)\)").match(reader.source, reader.at)
        if end is None:
            _refuse(f"Can't find end of a URL at byte offset {_byte(reader.source, reader.at)}")
        url = re.sub(r"\\(.)", r"\1", end.group(1))
        reader.at = end.end()
    if reader.innermost == "![":
        _close(reader, {"custom_emoji_id": url.removeprefix("tg://emoji?id=")})
    else:
        _close(reader, link_entity(url))
