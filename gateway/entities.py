"""The text of a message as Telegram keeps it: trimmed, measured, with its entities in order."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from gateway.errors import bad_request
from gateway.markdown import parse_markdown, parse_markdown_v2
from gateway.markup import parse_html, utf16_length

Json = dict[str, Any]
LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_SOURCE = 65536  # with its markup
MOST_ENTITIES = 100
PRIORITY = {"blockquote": 0, "expandable_blockquote": 0, "pre": 1, "code": 2, "text_link": 4}
STYLED = ("bold", "italic", "underline", "strikethrough", "spoiler", "code", *PRIORITY)
GIVEN = {  # types of entities that a bot may pass -> what they need besides a place
    **dict.fromkeys(STYLED, ""),
    "text_link": "url",
    "text_mention": "user",
    "custom_emoji": "custom_emoji_id",
}
FOUND = (  # what Telegram finds in plain text by itself
    ("url", re.compile(r"https?://[^\s<>\"'，。；！？、（）《》“”【】]+", re.ASCII)),
    ("email", re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}", re.ASCII)),
    ("mention", re.compile(r"(?<![\w@])@[a-zA-Z]\w{3,31}", re.ASCII)),
    ("bot_command", re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])")),
    ("hashtag", re.compile(r"(?<!\w)#\w{1,256}")),
)
CONTROL = {code: " " for code in range(32) if code not in (9, 10)} | {13: None, 9: " "}


@dataclass(frozen=True, slots=True)
class Styled:
    text: str
    entities: list[Json]


def styled(
    source: str, parse_mode: str, given: Any, person: Callable[[int], Json | None]
) -> Styled:
    """Raises in Telegram's words for markup that cannot be read. `person` knows text mentions."""
    if len(source) > LONGEST_SOURCE:
        raise bad_request("message is too long")
    source = source.translate(CONTROL)
    match parse_mode.lower():
        case "":
            text, entities = source, _checked(given)
        case "html":
            text, entities = parse_html(source)
        case "markdown":
            text, entities = parse_markdown(source)
        case "markdownv2":
            text, entities = parse_markdown_v2(source)
        case _:
            raise bad_request("unsupported parse_mode")
    return _trimmed(text, [entity for entity in entities if _known_person(entity, person)])


def plain(source: str, mentions: Sequence[Json] = ()) -> Styled:
    """What a person typed."""
    return _trimmed(source.translate(CONTROL), list(mentions))


def demand_length(text: str, longest: int, *, what: str) -> None:
    if utf16_length(text) > longest:
        raise bad_request(f"{what} is too long")


def _known_person(entity: Json, person: Callable[[int], Json | None]) -> bool:
    if entity["type"] != "text_mention":
        return True
    identity = entity["user"].get("id") if isinstance(entity["user"], dict) else None
    user = person(identity) if isinstance(identity, int) and abs(identity) < 2**52 else None
    entity["user"] = user
    return user is not None


def _checked(given: Any) -> list[Json]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    return [_one_checked(entity) for entity in given[:MOST_ENTITIES] if _is_stylable(entity)]


def _is_stylable(entity: Any) -> bool:
    if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
        raise bad_request("can't parse MessageEntity: expected an Object with a type")
    return entity["type"] in GIVEN  # the others are found by the server itself


def _one_checked(entity: Json) -> Json:
    offset, length = entity.get("offset"), entity.get("length")
    if type(offset) is not int or type(length) is not int:
        raise bad_request('can\'t parse MessageEntity: Can\'t find field "offset" or "length"')
    checked: Json = {"type": entity["type"], "offset": offset, "length": length}
    if needed := GIVEN[entity["type"]]:
        if not isinstance(entity.get(needed), dict if needed == "user" else str):
            raise bad_request(f"can't parse MessageEntity: Can't find field \"{needed}\"")
        checked[needed] = entity[needed]
    if entity["type"] == "pre" and isinstance(entity.get("language"), str):
        checked["language"] = entity["language"]
    return checked


def _trimmed(text: str, entities: list[Json]) -> Styled:
    """Leading and trailing space goes, entities are cut to what is left."""
    text = text.rstrip()
    kept = text.lstrip()
    shift, end = utf16_length(text) - utf16_length(kept), utf16_length(kept)
    placed = []
    for entity in entities:
        begin = max(0, entity["offset"] - shift)
        length = min(end, entity["offset"] + entity["length"] - shift) - begin
        if length > 0:
            placed.append({**_without_mark(entity), "offset": begin, "length": length})
    placed += _found_in(kept, placed)
    placed.sort(key=lambda one: (one["offset"], -one["length"], PRIORITY.get(one["type"], 9)))
    return Styled(kept, placed[:MOST_ENTITIES])


def _without_mark(entity: Json) -> Json:
    if entity["type"] == "code":  # only blocks keep their language
        return {name: value for name, value in entity.items() if name != "language"}
    return entity


def _found_in(text: str, taken: Iterable[Json]) -> list[Json]:
    solid = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in taken
        if entity["type"] in ("code", "pre", "text_link", "text_mention", "custom_emoji")
    ]
    found: list[Json] = []
    for kind, pattern in FOUND:
        for match in islice(pattern.finditer(text), MOST_ENTITIES):
            written = match.group().rstrip(".,:;!?)") if kind == "url" else match.group()
            begin = utf16_length(text[: match.start()])
            end = begin + utf16_length(written)
            if all(end <= other or begin >= last for other, last in solid):
                solid.append((begin, end))
                found.append({"type": kind, "offset": begin, "length": end - begin})
    return found
