"""Questions and answers as YAML: a list of items that people can edit without programming."""

from knowledge.chinese.regions import PROVINCES, canonical
from knowledge.documents import Unreadable
from knowledge.entries import Entry
from knowledge.programme.yaml_form import source_in
from knowledge.sources import Scope
from knowledge.yaml_lines import Malformed, Value, parsed

_ITEM = ("id", "question", "phrasings", "not_for", "answer", "replaces", "scope", "source")
_NEEDED = ("id", "question", "answer", "source")
_SCOPE = ("provinces", "years", "roles", "stage", "programme")


def entries_in(name: str, text: str) -> tuple[Entry, ...]:
    """Raises Unreadable, which names file, line, item and reason."""
    try:
        entries = tuple(_entry(item) for item in parsed(text).items())
        _check_told_apart(entries)
    except Malformed as malformed:
        raise Unreadable(f"{name} {malformed}") from malformed
    return entries


def _check_told_apart(entries: tuple[Entry, ...]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise Malformed(1, f"编号“{entry.id}”用了两次。")
        seen.add(entry.id)


def _entry(value: Value) -> Entry:
    named = value.mapping().get("id")
    name = named.text() if named else "（没有 id）"
    try:
        return _complete(value, value.fields(_ITEM))
    except Malformed as malformed:
        raise Malformed(malformed.line, f"条目“{name}”：{malformed.reason}") from None


def _complete(value: Value, fields: dict[str, Value]) -> Entry:
    for name in _NEEDED:
        if name not in fields or fields[name].is_empty():
            raise Malformed(value.line, f"没有写 {name}。")
    replaces = fields["replaces"].text() if "replaces" in fields else ""
    return Entry(
        id=fields["id"].text(),
        question=fields["question"].text(),
        answer=fields["answer"].text().strip(),
        source=source_in(fields["source"]),
        scope=_scope(fields["scope"]) if "scope" in fields else Scope(),
        phrasings=_texts(fields, "phrasings"),
        not_for=_texts(fields, "not_for"),
        replaces=replaces,
    )


def _texts(fields: dict[str, Value], name: str) -> tuple[str, ...]:
    return tuple(each.text() for each in fields[name].items()) if name in fields else ()


def _scope(value: Value) -> Scope:
    fields = value.fields(_SCOPE)
    return Scope(
        provinces=frozenset(_province(each) for each in _values(fields, "provinces")),
        years=frozenset(each.year() for each in _values(fields, "years")),
        roles=frozenset(_texts(fields, "roles")),
        stage=fields["stage"].text() if "stage" in fields else "",
        programme=fields["programme"].text() if "programme" in fields else "",
    )


def _values(fields: dict[str, Value], name: str) -> list[Value]:
    return fields[name].items() if name in fields else []


def _province(value: Value) -> str:
    name = canonical(value.text())
    if name not in PROVINCES:
        raise Malformed(value.line, f"不认识的省份“{value.text()}”。")
    return name
