"""Who waits for a word of the leader or a coordinator; decided once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import invitations
from storage.invitations import Invited
from storage.models import JoinRequest, Membership, Person
from storage.namesakes import namesakes
from storage.roster import LEADER, PARTICIPANT, Recipient

WAITING, ACCEPTED, DECLINED = "waiting", "accepted", "declined"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody at the door: an account, and what they call themselves."""

    surface: str
    user_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Request:
    id: int
    invited: Invited
    arrival: Arrival
    state: str
    decided_by: int | None

    def may_be_decided_by(self, person: Recipient | None) -> bool:
        """A coordinator decides all, a leader who is a participant of their own group."""
        if person is None or person.coordinator:
            return person is not None
        if self.invited.role != PARTICIPANT or self.invited.group_id is None:
            return False
        return any(
            one.role == LEADER and one.group_id == self.invited.group_id for one in person.roles
        )


async def ask(session: AsyncSession, invitation_id: int, arrival: Arrival, now: datetime) -> int:
    row = JoinRequest(
        invitation_id=invitation_id,
        surface=arrival.surface,
        user_id=arrival.user_id,
        name=arrival.name,
        state=WAITING,
        asked_at=now,
    )
    session.add(row)
    await session.flush()
    return row.id


async def waiting_of(session: AsyncSession, invitation_id: int, arrival: Arrival) -> int | None:
    """What they asked with this invitation already."""
    found: int | None = await session.scalar(
        select(JoinRequest.id).where(
            JoinRequest.invitation_id == invitation_id,
            JoinRequest.surface == arrival.surface,
            JoinRequest.user_id == arrival.user_id,
            JoinRequest.state == WAITING,
        )
    )
    return found


async def find(session: AsyncSession, id: int) -> Request | None:
    row = await session.get(JoinRequest, id, populate_existing=True)
    invited = await invitations.by_id(session, row.invitation_id) if row else None
    if row is None or invited is None:
        return None
    arrival = Arrival(row.surface, row.user_id, row.name)
    return Request(row.id, invited, arrival, row.state, row.decided_by)


async def waiting(session: AsyncSession) -> list[int]:
    chosen = select(JoinRequest.id).where(JoinRequest.state == WAITING)
    return list(await session.scalars(chosen.order_by(JoinRequest.id)))


async def decide(session: AsyncSession, id: int, *, accepted: bool, by: int, now: datetime) -> bool:
    """True for the first who decides, and for nobody after."""
    done = (
        update(JoinRequest)
        .where(JoinRequest.id == id, JoinRequest.state == WAITING)
        .values(state=ACCEPTED if accepted else DECLINED, decided_by=by, decided_at=now)
        .returning(JoinRequest.id)
        .execution_options(synchronize_session=False)
    )
    return (await session.execute(done)).first() is not None


async def deciders(session: AsyncSession, request: Request) -> list[int]:
    """Who is asked: for a participant the group's leaders, if one can be written to; else, and
    for everybody with more rights, the coordinators."""
    reachable = Person.active, Person.reachable, Person.chat_id.is_not(None)
    alike = await namesakes(session, request.arrival.name, request.invited)
    beyond = any(one.beyond and not one.joined for one in alike)
    if request.invited.role == PARTICIPANT and request.invited.group_id is not None and not beyond:
        leading = select(Membership.person_id).where(
            Membership.role == LEADER, Membership.group_id == request.invited.group_id
        )
        leaders = select(Person.id).where(*reachable, Person.id.in_(leading))
        if found := list(await session.scalars(leaders.order_by(Person.id))):
            return found
    coordinators = select(Person.id).where(*reachable, Person.coordinator)
    return list(await session.scalars(coordinators.order_by(Person.id)))
