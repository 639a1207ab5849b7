"""What a conversation leaves behind: the memory of the last turn and the buttons still open."""

from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from knowledge.answering.verdicts import Memory, Option

BUTTONS_KEPT = 5  # questions asked back whose buttons still work


@dataclass(frozen=True, slots=True)
class Asked:
    """Buttons under one question; `number` stands in each of them and is never used again."""

    number: str
    options: tuple[Option, ...]
    chosen: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    memory: Memory = field(default_factory=Memory)
    asked: tuple[Asked, ...] = ()

    def with_asked(self, asked: Asked) -> "Topic":
        others = tuple(old for old in self.asked if old.number != asked.number)
        return replace(self, asked=(*others, asked)[-BUTTONS_KEPT:])

    def find(self, number: str) -> Asked | None:
        return next((asked for asked in self.asked if asked.number == number), None)


def to_data(topic: Topic) -> dict[str, Any]:
    return asdict(topic)


def from_data(data: dict[str, Any]) -> Topic:
    """What an older version kept in another shape is forgotten, not an error."""
    try:
        known = {part.name for part in fields(Memory)}
        memory = data.get("memory", {})
        return Topic(
            memory=Memory(**{name: value for name, value in memory.items() if name in known}),
            asked=tuple(
                Asked(
                    number=asked["number"],
                    options=tuple(Option(**option) for option in asked["options"]),
                    chosen=tuple(asked["chosen"]),
                )
                for asked in data.get("asked", ())
            ),
        )
    except (AttributeError, KeyError, TypeError):
        return Topic()
