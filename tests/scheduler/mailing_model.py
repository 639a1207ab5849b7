"""What should be said to whom on a day, worked out the slow and simple way, to compare with."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from knowledge.programme.deadlines import deadlines_of
from knowledge.programme.values import Programme, Stage, Task
from scheduler.texts import POSSIBLY_DOUBLED
from storage.roster import Recipient, RoleIn
from tests.cast import GROUP_CHAT

DAY_IN_HEAD = re.compile(r"这是您(\d+)月(\d+)日的")

Done = Collection[tuple[int, str]]  # (person, task code)


@dataclass(frozen=True)
class Arrival:
    at: datetime
    chat: int
    text: str

    @property
    def is_marked(self) -> bool:
        return POSSIBLY_DOUBLED in self.text

    @property
    def is_digest(self) -> bool:
        return self.chat == GROUP_CHAT or bool(DAY_IN_HEAD.search(self.text))

    @property
    def day(self) -> date:
        if found := DAY_IN_HEAD.search(self.text):
            return date(self.at.year, int(found[1]), int(found[2]))
        return self.at.date()


@dataclass(frozen=True)
class Model:
    programme: Programme
    roster: Sequence[Recipient]
    done: Done

    def hears_something(self, person: Recipient, day: date) -> bool:
        role = person.role_in(self.programme.code)
        if role is None or role.muted or person.chat_id is None:
            return False
        return bool(self.titles(person, day)) or self.leads_to_something(role, day)

    def titles(self, person: Recipient, day: date) -> set[str]:
        """Of the tasks, and of the stages that open."""
        role = person.role_in(self.programme.code)
        if role is None or role.muted:
            return set()
        said = set()
        for stage, task in self.tasks(role.role):
            if stage.starts == day:
                said.add(stage.name)
            if (person.id, task.code) not in self.done and self.speaks_of(stage, task, day):
                said.add(task.title)
        return said

    def speaks_of(self, stage: Stage, task: Task, day: date) -> bool:
        dues = deadlines_of(task, stage)
        enough = max(one.ends for one in self.programme.stages) + timedelta(days=30)
        late = (day - dues[-1]).days
        overdue = late in range(1, 400, 7) and day <= enough
        return overdue or any((due - day).days in (0, 1, 3, 7) for due in dues)

    def leads_to_something(self, role: RoleIn, day: date) -> bool:
        """A leader hears of what is open in the group, and on Mondays how far it is."""
        if role.role != "组长" or role.group_id is None:
            return False
        monday = day.weekday() == 0 and any(
            task.role == "学员" and stage.starts <= day <= stage.ends
            for stage, task in self.tasks("学员")
        )
        members = self.members(role.group_id)
        return bool(members and monday) or self.open_near(role.group_id, day, (-1, 0, 1))

    def group_hears(self, group: int, day: date) -> bool:
        if self.members(group):
            return self.open_near(group, day, (0, 1))
        return any(self.is_near(stage, task, day, (0, 1)) for stage, task in self.tasks("学员"))

    def open_near(self, group: int, day: date, days: Collection[int]) -> bool:
        return any(
            (member.id, task.code) not in self.done
            for stage, task in self.tasks("学员")
            if self.is_near(stage, task, day, days)
            for member in self.members(group)
        )

    def is_near(self, stage: Stage, task: Task, day: date, days: Collection[int]) -> bool:
        return any((due - day).days in days for due in deadlines_of(task, stage))

    def members(self, group: int) -> list[Recipient]:
        return [
            person
            for person in self.roster
            if (role := person.role_in(self.programme.code))
            and role.role == "学员"
            and role.group_id == group
        ]

    def tasks(self, role: str) -> Iterator[tuple[Stage, Task]]:
        for stage in self.programme.stages:
            for task in stage.tasks:
                if task.role == role:
                    yield stage, task
