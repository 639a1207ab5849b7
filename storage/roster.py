"""People as values: who somebody is, in which programmes, and when to remind them."""

from dataclasses import dataclass
from datetime import datetime, time

TELEGRAM, PAGE = "telegram", "page"  # surfaces: where people write from

PARTICIPANT, LEADER, TUTOR, EXPERT = "学员", "组长", "指导教师", "省级专家"
COORDINATOR = "项目办"  # a person's standing in the whole installation, no role in a programme


@dataclass(frozen=True, slots=True)
class RoleIn:
    """One person's role in one programme; `group_id` where there is a study group."""

    programme: str  # code
    role: str
    group_id: int | None = None
    muted: bool = False  # wants no reminders of this programme


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
    surface: str = TELEGRAM  # of `chat_id`
    coordinator: bool = False
    area: str = ""
    subject: str = ""
    quiet: tuple[time, time] | None = None  # None: the installation's
    script: str = ""  # "hans", "hant"; "": that of the question

    @property
    def can_be_written_to(self) -> bool:
        return self.chat_id is not None and self.reachable

    def role_in(self, programme: str) -> RoleIn | None:
        return next((one for one in self.roles if one.programme == programme), None)


@dataclass(frozen=True, slots=True)
class Group:
    """A study group of one programme, with the chat that is bound to it, if there is one."""

    id: int
    name: str
    programme: str  # code
    province: str = ""
    area: str = ""
    subject: str = ""
    surface: str = TELEGRAM
    chat_id: int | None = None
    thread_id: int | None = None
