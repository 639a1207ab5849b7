"""What of an update may be let in: text that can be stored, numbers that fit, and no more."""

from typing import Any

from pydantic import BaseModel, ValidationError

LARGEST = 2**63  # what a database takes; Telegram's ids have 52 bits
HALVES = dict.fromkeys((0, *range(55296, 57344)))  # of characters; and NUL


class Unsound(Exception):
    """Says what, not its value: that may be private."""


def readable(value: Any) -> Any:
    """Without signs that no database and no wire would take."""
    match value:
        case str():
            return value if _is_clean(value) else value.translate(HALVES)
        case dict():
            return {readable(key): readable(inner) for key, inner in value.items()}
        case list():
            return [readable(inner) for inner in value]
        case _:
            return value


def _is_clean(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def demand_sound(value: Any) -> None:
    """Raises Unsound. After parsing: a number may have come as text."""
    match value:
        case BaseModel():
            for name in value.model_fields_set:
                demand_sound(getattr(value, name, None))
        case list():
            for inner in value:
                demand_sound(inner)
        case int() if not -LARGEST <= value < LARGEST:
            raise Unsound("a number beyond 64 bits")


def number_of(update: Any) -> int | None:
    number = update.get("update_id")
    return number if isinstance(number, int) and abs(number) < LARGEST else None


def said(error: Exception) -> str:
    """Where it is wrong and how; never what stands there."""
    if isinstance(error, ValidationError):
        wrong = error.errors(include_url=False, include_context=False, include_input=False)[:3]
        return "; ".join(f"{_place(one['loc'])}: {one['type']}" for one in wrong)
    return str(error) if isinstance(error, Unsound) else type(error).__name__


def _place(steps: tuple[int | str, ...]) -> str:
    return ".".join(str(step)[:30] for step in steps)
