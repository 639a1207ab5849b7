"""How far a study group is, in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.programme.values import Programme, Task
from storage import people, progress
from storage.progress import NOT_BEGUN, Progress
from storage.roster import PARTICIPANT


@dataclass(frozen=True, slots=True)
class GroupState:
    """Of the participants of one group, in one programme."""

    people: Mapping[int, Mapping[str, Progress]]  # by person, by task

    @property
    def members(self) -> int:
        return len(self.people)

    def done(self, task: Task) -> int:
        return sum(
            progress.is_done(task, own.get(task.code, NOT_BEGUN)) for own in self.people.values()
        )

    def unfinished(self, task: Task) -> int:
        return self.members - self.done(task)


async def group_state(session: AsyncSession, programme: Programme, group_id: int) -> GroupState:
    members = await people.members_of(session, programme.code, role=PARTICIPANT, group_id=group_id)
    ids = [member.id for member in members]
    return GroupState(await progress.of_people(session, ids, programme.code) if ids else {})
