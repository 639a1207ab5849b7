"""Questions from the command line: JSON rows in, JSON rows out."""

import json
from datetime import date
from typing import Any

from bot import explanations
from bot.clock import SystemClock
from bot.documents_at_hand import documents_at_hand
from bot.settings import load_settings
from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer, Asker, Clarify, Memory, Unknown, Verdict
from knowledge.standing import known_on


class BadRow(Exception):
    """A row of a batch cannot be understood; the text says why."""


def library_at_hand(as_of: date | None = None) -> tuple[Library, date]:
    """What is known here (or was, on a day), and today's date where the notices apply."""
    settings = load_settings()
    today = SystemClock().now().astimezone(settings.zone).date()
    documents = documents_at_hand(settings.database_url)
    return Library(known_on(documents, as_of) if as_of else documents), today


def clean(text: str) -> str:
    """Halves of surrogate pairs, which JSON and command lines may carry, are no text."""
    return text.encode("utf-8", "ignore").decode()


def context_of(given: Any, this_day: date) -> Asker:
    if not isinstance(given, dict):
        raise BadRow("context 应是一个对象")
    return Asker(
        today=day(given.get("today")) or this_day,
        province=text_of(given, "region"),
        role=text_of(given, "role"),
        year=whole_number(given.get("year")),
    )


def text_of(given: dict[str, Any], key: str) -> str:
    value = given.get(key) or ""
    if not isinstance(value, str):
        raise BadRow(f"{key} 应是文字")
    return clean(value)


def day(value: Any, name: str = "today") -> date | None:
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadRow(f"{name} 应是日期，如 2015-09-17") from None


def whole_number(value: Any) -> int | None:
    if value in (None, ""):
        return None
    try:
        return int(value)
    except (TypeError, ValueError):
        raise BadRow("year 应是年份，如 2015") from None


class Conversations:
    """Answers rows in turn; rows that name the same conversation are turns of one."""

    def __init__(self, library: Library, asker: Asker, *, explain: bool = False) -> None:
        self.library = library
        self.asker = asker
        self.explain = explain
        self.memories: dict[str, Memory] = {}

    def answer(self, line: bytes) -> dict[str, Any]:
        row = parsed(line)
        asker = context_of(row.get("context") or {}, self.asker.today)
        name = json.dumps(row.get("conversation"))
        memory = self.memories.get(name) if row.get("conversation") is not None else None
        verdict, more = self._asked(clean(row["question"]), asker, memory)
        if row.get("conversation") is not None:
            self.memories[name] = verdict.memory
        return {**as_row(row.get("id"), verdict), **more}

    def _asked(
        self, question: str, asker: Asker, memory: Memory | None
    ) -> tuple[Verdict, dict[str, Any]]:
        if not self.explain:
            return self.library.ask(question, asker, memory), {}
        explained = self.library.explain(question, asker, memory)
        return explained.verdict, {"explain": explanations.as_json(explained)}


def parsed(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadRow("不是一行 UTF-8 的 JSON") from None
    if not isinstance(row, dict):
        raise BadRow("应是一个 JSON 对象")
    question = row.get("question")
    if not isinstance(question, str) or not question.strip():
        raise BadRow("没有 question，或它不是文字")
    return row


def as_row(number: Any, verdict: Verdict) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": number,
        "outcome": "unknown",
        "answer": verdict.text,
        "options": [],
        "sources": [],
        "read_as": verdict.read_as,
    }
    match verdict:
        case Answer(sources=sources):
            row["outcome"] = "answered"
            row["sources"] = [
                {
                    "title": source.title,
                    "number": source.number,
                    "section": source.section,
                    "issued": source.issued.isoformat() if source.issued else None,
                }
                for source in sources
            ]
        case Clarify(options=options):
            row["outcome"] = "clarify"
            row["options"] = [option.label for option in options]
        case Unknown():
            pass
    return row


def as_text(verdict: Verdict) -> str:
    lines = [verdict.text]
    if isinstance(verdict, Clarify):
        lines += [f"· {option.label}" for option in verdict.options]
    if verdict.read_as:
        lines.append(f"（{verdict.read_as}）")
    return "\n".join(lines)
