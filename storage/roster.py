"""People as values: who somebody is, in which programmes, and when to remind them."""

from dataclasses import dataclass
from datetime import datetime, time


@dataclass(frozen=True, slots=True)
class RoleIn:
    """One person's role in one programme; `group_id` where there is a study group."""

    programme: str  # code
    role: str
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    id: int
    name: str
    roles: tuple[RoleIn, ...] = ()
    chat_id: int | None = None
    chat_since: datetime | None = None  # nothing older is owed to them
    reachable: bool = True
    province: str = ""
    remind_at: time | None = None  # None: the installation's hour

    @property
    def can_be_written_to(self) -> bool:
        return self.chat_id is not None and self.reachable
