"""A message to somebody, as the outbox sees it: what goes in, what is claimed, what is reported."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

TOLD = "told"  # in the data of a letter: what its text said, see Text.told
SETTLING = timedelta(minutes=10)  # a change that is taken back by then was none
LEASE = timedelta(seconds=60)  # longer than any HTTP timeout of ours


class State(StrEnum):
    """planned -> leased -> sending -> one of the others; `sending` means: may be on the wire."""

    PLANNED = "planned"
    LEASED = "leased"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"
    UNREACHABLE = "unreachable"
    SUPERSEDED = "superseded"
    HELD = "held"


WAITING = (State.PLANNED, State.LEASED, State.SENDING)


@dataclass(frozen=True, slots=True)
class NewLetter:
    """`key` says why it exists; a second one with the same key is not added."""

    key: str
    kind: str
    not_before: datetime
    expires_at: datetime
    person_id: int | None = None  # one of person, group or chat
    group_id: int | None = None
    chat_id: int | None = None
    thread_id: int | None = None
    surface: str = ""  # of a chat; for people and groups the outbox looks it up
    data: dict[str, Any] = field(default_factory=dict)  # {"html": …} or what the text is made from
    priority: int = 100  # smaller goes first


@dataclass(frozen=True, slots=True)
class Letter:
    """A claimed row: ours while nobody else has taken it. (owner, attempt) is the fence."""

    id: int
    key: str
    kind: str
    owner: str
    attempt: int
    surface: str
    chat_id: int | None
    thread_id: int | None
    person_id: int | None
    group_id: int | None
    reachable: bool
    data: dict[str, Any]
    possibly_doubled: bool
    expires_at: datetime

    def with_told(self, told: dict[str, Any]) -> "Letter":
        return replace(self, data=self.data | {TOLD: told}) if told else self


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a dead sender left behind."""

    never_sent: int = 0  # safe: planned again
    possibly_doubled: int = 0  # planned again and marked
    held: int = 0  # for a coordinator to decide


@dataclass(frozen=True, slots=True)
class Trouble:
    key: str
    state: State
    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """A letter that may or may not have arrived: a human decides (`release` or `drop`)."""

    id: int
    key: str
    kind: str
    surface: str
    chat_id: int | None
    person_id: int | None
    group_id: int | None
    text: str  # as it went to the wire
    reason: str


@dataclass(frozen=True, slots=True)
class OutboxStatus:
    counts: dict[State, int]
    possibly_doubled: int  # ever
    troubles: tuple[Trouble, ...]  # failed, held, expired, unreachable; newest first
    next_due: datetime | None
    doubtful: tuple[Trouble, ...] = ()  # may have arrived twice; newest first


@dataclass(frozen=True, slots=True)
class Button:
    """One of: `data` comes back as a press, `url` opens a page, `copy` goes to the clipboard."""

    label: str
    data: str = ""  # 64 bytes at most
    url: str = ""
    copy: str = ""


Rows = tuple[tuple[Button, ...], ...]


# What a letter comes to when it is claimed.
@dataclass(frozen=True, slots=True)
class Text:
    """`told`: what it says, as data; kept with the row and handed to `on_sent`."""

    html: str
    buttons: Rows = ()
    told: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edit:
    """A message that we sent, by the id in its receipt, says this from now on."""

    message_id: int
    html: str
    buttons: Rows = ()


@dataclass(frozen=True, slots=True)
class Pin:
    """A message that we sent is put on top of its chat, or no longer; nobody is notified."""

    message_id: int
    pinned: bool = True
    html: str = ""  # says nothing
    buttons: Rows = ()


@dataclass(frozen=True, slots=True)
class NothingToSay:
    """Current data leave nothing worth a message."""


@dataclass(frozen=True, slots=True)
class Later:
    at: datetime
    reason: str = ""


Content = Text | Edit | Pin
Rendered = Content | NothingToSay | Later
