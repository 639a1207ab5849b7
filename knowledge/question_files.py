"""Files of golden questions: JSON lines, or YAML that says which notices they are asked of."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from knowledge.answering.verdicts import Asker
from knowledge.evaluation import OUTCOMES, GoldenQuestion, Turn, pattern_of
from knowledge.yaml_lines import Malformed, Value, parsed

_SET = ("notices", "context", "questions")
_CONTEXT = ("region", "role", "year", "today")
_TURN = ("ask", "question", "expect", "must", "must_not", "if_answered")
_QUESTION = (*_TURN, "id", "category", "context", "turns", "known_gap")


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions asked of what is known, and of `notices` (paths as written in the file)."""

    questions: tuple[GoldenQuestion, ...]
    notices: tuple[str, ...] = ()


def in_yaml(text: str, today: date) -> tuple[QuestionSet, ...]:
    """Raises Malformed. `today` holds where the file names no day."""
    return tuple(_set(value, Asker(today)) for value in parsed(text).items())


def in_json_lines(text: str, today: date) -> QuestionSet:
    """Raises Malformed. One object a line, as {"id", "question", "must", …}, or with "turns"."""
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            rows.append(_row(line, number, Asker(today)))
    return QuestionSet(tuple(rows))


def as_json_line(question: GoldenQuestion) -> str:
    """As `in_json_lines` reads it."""
    asker = question.asker
    context = {
        "region": asker.province,
        "role": asker.role,
        "year": asker.year,
        "today": asker.today.isoformat(),
    }
    row = {
        "id": question.id,
        "category": question.category,
        "context": {name: value for name, value in context.items() if value},
        "turns": [
            {
                "ask": turn.ask,
                "expect": "|".join(sorted(turn.expect)),
                "must": turn.must,
                "must_not": turn.must_not,
                "if_answered": turn.if_answered,
            }
            for turn in question.turns
        ],
    }
    return json.dumps(row, ensure_ascii=False)


def _row(line: str, number: int, asker: Asker) -> GoldenQuestion:
    try:
        plain = json.dumps(json.loads(line), ensure_ascii=False)
    except (ValueError, RecursionError):
        raise Malformed(number, "不是一行 JSON。") from None
    try:
        return _question(parsed(plain), asker, "", str(number))  # JSON is YAML
    except Malformed as malformed:
        raise Malformed(number, malformed.reason) from None


def _set(value: Value, asker: Asker) -> QuestionSet:
    fields = value.fields(_SET)
    if "questions" not in fields:
        raise Malformed(value.line, "没有写 questions。")
    if "context" in fields:
        asker = _asker(fields["context"], asker)
    return QuestionSet(tuple(_by_category(fields["questions"], asker)), _texts(fields, "notices"))


def _by_category(value: Value, asker: Asker) -> Iterator[GoldenQuestion]:
    for category, listed in value.mapping().items():
        for number, each in enumerate(listed.items(), start=1):
            yield _question(each, asker, category, f"{category}-{number}")


def _question(value: Value, asker: Asker, category: str, id: str) -> GoldenQuestion:
    fields = value.fields(_QUESTION)
    if "context" in fields:
        asker = _asker(fields["context"], asker)
    if "turns" in fields:
        turns = tuple(_turn(each) for each in fields["turns"].items())
    else:
        turns = (_turn(value),)
    return GoldenQuestion(
        id=_text(fields, "id") or id,
        category=_text(fields, "category") or category or ("dialogue" if turns[1:] else "all"),
        asker=asker,
        turns=turns,
        known_gap=_text(fields, "known_gap"),
    )


def _turn(value: Value) -> Turn:
    fields = value.fields(_QUESTION)
    ask = _text(fields, "ask") or _text(fields, "question")
    if not ask.strip():
        raise Malformed(value.line, "没有写 ask（问什么）。")
    turn = Turn(
        ask=ask,
        must=_patterns(fields, "must"),
        must_not=_patterns(fields, "must_not"),
        if_answered=_patterns(fields, "if_answered"),
    )
    if "expect" not in fields:
        return turn
    expect = frozenset(fields["expect"].text().split("|"))
    if not expect <= set(OUTCOMES):
        raise Malformed(fields["expect"].line, f"expect 可以写的有：{'、'.join(OUTCOMES)}。")
    return replace(turn, expect=expect)


def _asker(value: Value, before: Asker) -> Asker:
    fields = value.fields(_CONTEXT)
    day = fields["today"].day() if "today" in fields else None
    year = fields.get("year")
    return Asker(
        today=day or before.today,
        province=_text(fields, "region") or before.province,
        role=_text(fields, "role") or before.role,
        year=year.year() if year and not year.is_empty() else before.year,
    )


def _text(fields: dict[str, Value], name: str) -> str:
    return fields[name].text() if name in fields else ""


def _texts(fields: dict[str, Value], name: str) -> tuple[str, ...]:
    return tuple(each.text() for each in fields[name].items()) if name in fields else ()


def _patterns(fields: dict[str, Value], name: str) -> tuple[str, ...]:
    for each in fields[name].items() if name in fields else []:
        try:
            pattern_of(each.text())
        except re.error:
            raise Malformed(each.line, f"“{each.text()}”不是正则表达式。") from None
    return _texts(fields, name)
