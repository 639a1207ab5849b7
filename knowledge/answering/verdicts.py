"""What can come out of a question, and what is known of the person who asks it."""

from dataclasses import dataclass
from datetime import date

from knowledge.sources import Source


@dataclass(frozen=True, slots=True)
class Asker:
    """What is known of who asks. Empty strings and None: not known."""

    today: date  # calendar day in Asia/Shanghai
    province: str = ""  # any usual form: 云南, 云南省
    role: str = ""  # any usual form; aliases are understood
    year: int | None = None
    subject: str = ""  # as the roster has it: 初中地理
    programmes: tuple[str, ...] = ()  # codes of those they take part in


@dataclass(frozen=True, slots=True)
class Memory:
    """What the last turns of a conversation leave behind; JSON-friendly through `asdict`."""

    question: str = ""  # the last question as it was finally understood
    province: str = ""
    role: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` is the whole reply: answer first, then the clause, then the source."""

    text: str
    sources: tuple[Source, ...]
    memory: Memory
    read_as: str = ""  # 已按“报到”理解; "" where the question was read as typed


@dataclass(frozen=True, slots=True)
class Option:
    """One button of a question asked back: pressing it asks `question`."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Clarify:
    """More than one thing may be meant. `text` asks back; the options are shown as buttons."""

    text: str
    options: tuple[Option, ...]
    memory: Memory
    read_as: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """No source covers it; `text` says so in the user's words."""

    text: str
    memory: Memory
    read_as: str = ""


Verdict = Answer | Clarify | Unknown
