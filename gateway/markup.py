"""HTML of messages -> plain text with entities, refusing what Telegram refuses."""

from dataclasses import dataclass, field
from typing import Any, Never

from gateway.errors import bad_request

Json = dict[str, Any]
SPACES = " \t\n\r\v\f"
STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
NAMED_SIGNS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    position: int  # in the list of signs already put out


@dataclass(slots=True)
class _Reader:
    source: str
    at: int = 0
    signs: list[str] = field(default_factory=list)
    offset: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def refuse(self, reason: str, begin: int) -> Never:
        where = len(self.source[:begin].encode())
        raise bad_request(f"can't parse entities: {reason.format(where=where)}")

    def put(self, sign: str) -> None:
        self.signs.append(sign)
        self.offset += 1 + (sign > "\uffff")

    def skip_spaces(self) -> None:
        while self.peek() and self.peek() in SPACES:
            self.at += 1

    def take_until(self, stops: str) -> str:
        begin = self.at
        while self.peek() and self.peek() not in stops:
            self.at += 1
        return self.source[begin : self.at]


def parse_html(source: str) -> tuple[str, list[Json]]:
    reader = _Reader(source)
    while sign := reader.peek():
        if sign == "<":
            _tag(reader)
        elif sign == "&" and (code := _reference(reader)):
            reader.put(code)
        else:
            reader.put(sign)
            reader.at += 1
    if reader.stack:
        tag = reader.stack[-1].tag
        raise bad_request(
            f"can't parse entities: Can't find end tag corresponding to start tag {tag}"
        )
    return "".join(reader.signs), reader.entities


def _reference(reader: _Reader) -> str:
    """The sign that a character reference stands for; "" leaves it as it is written."""
    begin = reader.at
    reader.at += 1
    if reader.peek() == "#":
        sign = _numeric_reference(reader, begin)
    else:
        name_begin = reader.at
        while reader.peek().isascii() and reader.peek().isalpha():
            reader.at += 1
        sign = NAMED_SIGNS.get(reader.source[name_begin : reader.at], "")
    if not sign:
        reader.at = begin
    elif reader.peek() == ";":
        reader.at += 1
    return sign


def _numeric_reference(reader: _Reader, begin: int) -> str:
    reader.at += 1
    base, digits = 10, "0123456789"
    if reader.peek() == "x":
        reader.at += 1
        base, digits = 16, "0123456789abcdefABCDEF"
    number = ""
    while reader.peek() and reader.peek() in digits:
        number += reader.peek()
        reader.at += 1
    if not number or reader.at - begin >= 10:
        return ""
    code = int(number, base)
    if 0xD800 <= code <= 0xDFFF:
        raise bad_request("can't parse entities: Text contains invalid Unicode characters")
    return chr(code) if 0 < code < 0x10FFFF else ""


def _tag(reader: _Reader) -> None:
    begin = reader.at
    reader.at += 1
    if reader.peek() == "/":
        reader.at += 1
        _end_tag(reader, begin)
    else:
        _start_tag(reader, begin)


def _start_tag(reader: _Reader, begin: int) -> None:
    tag = reader.take_until(SPACES + ">").lower()
    if not reader.peek():
        reader.refuse("Unclosed start tag at byte offset {where}", begin)
    if tag not in STYLES:
        shown = tag.replace("{", "{{").replace("}", "}}")
        reader.refuse(f'Unsupported start tag "{shown}" at byte offset {{where}}', begin)
    attributes: dict[str, str] = {}
    reader.skip_spaces()
    while reader.peek() != ">":
        name, value = _attribute(reader, tag, begin)
        attributes[name] = value
        reader.skip_spaces()
    reader.at += 1
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        reader.refuse('Tag "span" must have class "tg-spoiler" at byte offset {where}', begin)
    reader.stack.append(_Open(tag, attributes, reader.offset, len(reader.signs)))


def _attribute(reader: _Reader, tag: str, begin: int) -> tuple[str, str]:
    name = reader.take_until(SPACES + "=>").lower()
    reader.skip_spaces()
    if not reader.peek():
        reader.refuse("Unclosed start tag at byte offset {where}", begin)
    if not name:
        reader.refuse(f'Empty attribute name in the tag "{tag}" at byte offset {{where}}', begin)
    if reader.peek() != "=":
        if tag == "blockquote" and name == "expandable":  # the one attribute without a value
            return name, ""
        reason = f'Expected equal sign in declaration of an attribute of the tag "{tag}"'
        reader.refuse(f"{reason} at byte offset {{where}}", begin)
    reader.at += 1
    reader.skip_spaces()
    value = _quoted(reader) if reader.peek() in ("'", '"') else _bare(reader)
    if not reader.peek():
        reader.refuse("Unclosed start tag at byte offset {where}", begin)
    return name, value


def _quoted(reader: _Reader) -> str:
    quote = reader.peek()
    reader.at += 1
    value = ""
    while reader.peek() and reader.peek() != quote:
        sign = _reference(reader) if reader.peek() == "&" else ""
        if not sign:
            sign = reader.peek()
            reader.at += 1
        value += sign
    reader.at += 1
    return value


def _bare(reader: _Reader) -> str:
    begin = reader.at
    value = reader.take_until(SPACES + ">")
    if not all(sign.isascii() and (sign.isalnum() or sign in ".-") for sign in value):
        reader.refuse("Unexpected end of name token at byte offset {where}", begin)
    return value.lower()


def _end_tag(reader: _Reader, begin: int) -> None:
    if not reader.stack:
        reader.refuse("Unexpected end tag at byte offset {where}", begin)
    tag = reader.take_until(SPACES + ">").lower()
    reader.skip_spaces()
    if reader.peek() != ">":
        reader.refuse("Unclosed end tag at byte offset {where}", begin)
    reader.at += 1
    opened = reader.stack.pop()
    if tag and tag != opened.tag:
        shown = tag.replace("{", "{{").replace("}", "}}")
        expected = f'expected "</{opened.tag}>", found "</{shown}>"'
        reader.refuse(f"Unmatched end tag at byte offset {{where}}, {expected}", begin)
    if reader.offset > opened.offset:
        _close(reader, opened)


def _close(reader: _Reader, opened: _Open) -> None:
    entity: Json = {
        "type": STYLES[opened.tag],
        "offset": opened.offset,
        "length": reader.offset - opened.offset,
    }
    match opened.tag:
        case "a":
            href = opened.attributes.get("href") or "".join(reader.signs[opened.position :])
            entity |= link_entity(href)
        case "tg-emoji":
            entity["custom_emoji_id"] = opened.attributes.get("emoji-id", "")
            if not entity["custom_emoji_id"].isdecimal():
                raise bad_request("can't parse entities: Invalid custom emoji identifier specified")
        case "blockquote" if "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        case "pre" | "code":
            if _merged_code(reader, opened, entity):
                return
    if entity["type"]:
        reader.entities.append(entity)


def link_entity(href: str) -> Json:
    """A mention, a link, or nothing where the address is none; web addresses get a scheme."""
    user = href.removeprefix("tg://user?id=")
    if user != href and user.isdecimal() and len(user) < 16:
        return {"type": "text_mention", "user": {"id": int(user)}}
    scheme, colon, rest = href.strip().partition("://")
    if colon and scheme.lower() in ("http", "https", "tg", "ton", "tonsite") and rest.strip("/ "):
        return {"url": f"{scheme.lower()}://{rest}" + ("" if "/" in rest else "/")}
    if not colon and "." in href and not any(sign in SPACES for sign in href) and ":" not in href:
        return {"url": f"http://{href}" + ("" if "/" in href else "/")}
    return {"type": ""}


def _merged_code(reader: _Reader, opened: _Open, entity: Json) -> bool:
    """<pre><code class="language-x"> is one block with a language, in either order."""
    language = opened.attributes.get("class", "").removeprefix("language-")
    language = language if opened.attributes.get("class") != language else ""
    last = reader.entities[-1] if reader.entities else {}
    same = (last.get("offset"), last.get("length")) == (entity["offset"], entity["length"])
    if opened.tag == "pre" and same and last["type"] == "code" and last.get("language"):
        last["type"] = "pre"
        return True
    if opened.tag == "code" and language:
        if same and last["type"] == "pre":
            last["language"] = language
            return True
        entity["language"] = language
    return False
