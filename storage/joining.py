"""How somebody comes in by an invitation: as the person on the roster, as a new one, or not yet."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import audit, groups, invitations, join_requests, people
from storage.invitations import Invited
from storage.join_requests import Arrival
from storage.models import Account, Person
from storage.namesakes import Namesake, namesakes, rank
from storage.roster import COORDINATOR, PARTICIPANT, Recipient


@dataclass(frozen=True, slots=True)
class Joined:
    person_id: int


@dataclass(frozen=True, slots=True)
class Already:
    """They have as much as the invitation gives; it was not spent."""


@dataclass(frozen=True, slots=True)
class ProofWanted:
    """The name stands on the roster: which of its telephone numbers is theirs?"""

    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Waits:
    """For a word of the leader or a coordinator."""

    request_id: int


@dataclass(frozen=True, slots=True)
class NameTaken:
    """Whoever is so called has joined already."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several of that name on the roster: only a personal link tells them apart."""


@dataclass(frozen=True, slots=True)
class NotUsable:
    """Expired, spent, edited, somebody else's: nobody is told which."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """On the roster they have more rights than the invitation gives: a coordinator's matter."""


Outcome = Joined | Already | ProofWanted | Waits | NameTaken | Ambiguous | Beyond | NotUsable


async def by_personal_link(
    session: AsyncSession, invited: Invited, arrival: Arrival, now: datetime
) -> Outcome:
    """Who holds it is that person. One made for them works only until they have joined."""
    await one_at_a_time(session)
    person_id = invited.person_id or 0
    person = await people.person(session, person_id)
    here = await people.person_of_account(session, arrival.surface, arrival.user_id)
    if person is None or here or (await _has_joined(session, person_id) and not invited.is_own):
        return NotUsable()
    if await invitations.spend(session, invited.id, now) is None:
        return NotUsable()
    await bind(session, person_id, arrival, now)
    return Joined(person_id)


async def by_name(
    session: AsyncSession, invited: Invited, arrival: Arrival, now: datetime, *, provable: bool
) -> Outcome:
    """A stranger says who they are. `provable`: they have not tried to prove it yet."""
    await one_at_a_time(session)
    found = await namesakes(session, arrival.name, invited)
    missing = [one for one in found if not one.joined]
    known = tuple(one.person_id for one in missing if one.has_phone and not one.beyond)
    if await _is_first_coordinator(session, invited) and len(missing) <= 1:
        return await _enter(session, invited, arrival, missing, now)
    if known and provable:
        return ProofWanted(known)
    if found and not missing:
        return NameTaken()
    if not missing and invited.role == PARTICIPANT:
        return await _enter(session, invited, arrival, missing, now)
    return await _ask(session, invited, arrival, now)


async def by_proof(
    session: AsyncSession, invited: Invited, person_id: int, arrival: Arrival, now: datetime
) -> Outcome:
    """They are that person of the roster; what the invitation adds is looked at after that."""
    await one_at_a_time(session)
    if await _has_joined(session, person_id):
        return NameTaken()
    if await invitations.spend(session, invited.id, now) is None:
        return NotUsable()
    await bind(session, person_id, arrival, now)
    person = await people.person(session, person_id)
    if person is None:
        return NotUsable()
    if not _gains(person, invited):
        return Joined(person_id)
    if invited.role == PARTICIPANT:
        await give(session, person, invited, now)
        return Joined(person_id)
    return Waits(await join_requests.ask(session, invited.id, arrival, now))


async def as_known(
    session: AsyncSession, invited: Invited, person: Recipient, arrival: Arrival, now: datetime
) -> Outcome:
    """Somebody who is in already: adds what the invitation allows, never lowers, never doubles."""
    await one_at_a_time(session)
    if not _gains(person, invited):
        return Already()
    if invited.role == PARTICIPANT or await _is_first_coordinator(session, invited):
        if await invitations.spend(session, invited.id, now) is None:
            return NotUsable()
        await give(session, person, invited, now)
        return Joined(person.id)
    return await _ask(session, invited, arrival, now)


async def accept(
    session: AsyncSession, request: join_requests.Request, by: Recipient, now: datetime
) -> Outcome:
    """The word was given. NotUsable: somebody else has decided before."""
    await one_at_a_time(session)
    invited, arrival = request.invited, request.arrival
    person = await people.person_of_account(session, arrival.surface, arrival.user_id)
    found = [] if person else await namesakes(session, arrival.name, invited)
    missing = [one for one in found if not one.joined]
    if len(missing) > 1:
        return Ambiguous()
    if found and not missing:
        return NameTaken()
    if any(one.beyond for one in missing) and not by.coordinator:
        return Beyond()
    if not await join_requests.decide(session, request.id, accepted=True, by=by.id, now=now):
        return NotUsable()
    if person is None:
        person = await _person_for(session, invited, arrival, missing, now)
    await give(session, person, invited, now, by=by.id)
    return Joined(person.id)


async def bind(session: AsyncSession, person_id: int, arrival: Arrival, now: datetime) -> None:
    """One account per person on each surface: the newest."""
    older = Account.person_id == person_id, Account.surface == arrival.surface
    await session.execute(delete(Account).where(*older))
    await people.bind_chat(session, person_id, arrival.user_id, surface=arrival.surface, now=now)
    about = {"surface": arrival.surface}
    await audit.note(session, "join", f"person:{person_id}", actor=person_id, now=now, **about)


async def give(
    session: AsyncSession, person: Recipient, invited: Invited, now: datetime, by: int | None = None
) -> None:
    if not _gains(person, invited):
        return
    if invited.role == COORDINATOR:
        made = update(Person).where(Person.id == person.id).values(coordinator=True)
        await session.execute(made)
    else:
        held = person.role_in(invited.programme)
        group = invited.group_id or (held.group_id if held else None)
        await people.set_role(session, person.id, invited.programme, invited.role, group_id=group)
    what = {"role": invited.role, "programme": invited.programme, "invitation": invited.id}
    actor = by if by is not None else person.id
    await audit.note(session, "give_role", f"person:{person.id}", actor=actor, now=now, **what)


async def one_at_a_time(session: AsyncSession) -> None:
    """Two who come in at once, or one who comes in twice, see what the other one did."""
    if session.get_bind().dialect.name == "postgresql":  # on SQLite there is one writer anyway
        await session.execute(text("SELECT pg_advisory_xact_lock(hashtext('roster'))"))


def _gains(person: Recipient, invited: Invited) -> bool:
    if invited.role == COORDINATOR:
        return not person.coordinator
    held = person.role_in(invited.programme)
    if held is None:
        return True
    if held.role == invited.role:
        return held.group_id is None and invited.group_id is not None
    return rank(held.role) < rank(invited.role)


async def _ask(
    session: AsyncSession, invited: Invited, arrival: Arrival, now: datetime
) -> Waits | NotUsable:
    if waiting := await join_requests.waiting_of(session, invited.id, arrival):
        return Waits(waiting)
    if await invitations.spend(session, invited.id, now) is None:
        return NotUsable()
    return Waits(await join_requests.ask(session, invited.id, arrival, now))


async def _enter(
    session: AsyncSession,
    invited: Invited,
    arrival: Arrival,
    missing: list[Namesake],
    now: datetime,
) -> Joined | NotUsable:
    if await invitations.spend(session, invited.id, now) is None:
        return NotUsable()
    person = await _person_for(session, invited, arrival, missing, now)
    await give(session, person, invited, now)
    return Joined(person.id)


async def _person_for(
    session: AsyncSession,
    invited: Invited,
    arrival: Arrival,
    missing: list[Namesake],
    now: datetime,
) -> Recipient:
    """Who is missing on the roster under that name, or somebody new."""
    if missing:
        person_id = missing[0].person_id
    else:
        group = await groups.group(session, invited.group_id or 0)
        province = group.province if group else ""
        person_id = await people.add_person(session, arrival.name, province=province, now=now)
        await session.execute(
            update(Person).where(Person.id == person_id).values(came_by_link=True)
        )
    await bind(session, person_id, arrival, now)
    person = await people.person(session, person_id)
    assert person is not None
    return person


async def _has_joined(session: AsyncSession, person_id: int) -> bool:
    return bool(await session.scalar(select(exists().where(Account.person_id == person_id))))


async def _is_first_coordinator(session: AsyncSession, invited: Invited) -> bool:
    """Nobody could give them the word; the operator has, by making the invitation."""
    if invited.role != COORDINATOR or invited.made_by is not None:
        return False
    others = exists().where(Person.active, Person.coordinator, Account.person_id == Person.id)
    return not await session.scalar(select(others))
