"""A roster into the database: the same people again and again, never twice."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.rosters.values import RefusedRow, RosterRow
from storage.models import Person
from storage.phones import Phones
from storage.placing import Missing, Places
from storage.roster import COORDINATOR

CHUNK = 500  # rows at once: SQLite allows 32,766 parameters


@dataclass(slots=True)
class Enrolled:
    added: int = 0
    updated: int = 0
    same: int = 0
    left: int = 0  # the roster says so
    refused: list[RefusedRow] = field(default_factory=list)


class Enrolment:
    """One import. `take` a chunk of rows per transaction, then ask who is `missing`.

    The rows name programmes by code. Without `phones`, numbers are not kept.
    """

    def __init__(self, phones: Phones | None, now: datetime) -> None:
        self._phones, self._now = phones, now
        self._places = Places()
        self._seen: set[int] = set()
        self.outcome = Enrolled()

    async def take(self, session: AsyncSession, rows: Sequence[RosterRow]) -> None:
        await _one_at_a_time(session)
        known = await self._known(session, rows)
        matched = [(row, self._match(row, known)) for row in rows]
        usable = [(row, person) for row, person in matched if not isinstance(person, RefusedRow)]
        self.outcome.refused += [person for _, person in matched if isinstance(person, RefusedRow)]
        ids, changed = await self._saved(session, usable)
        self._seen.update(ids)
        left, moved = await self._places.take(
            session, [(row, id) for (row, _), id in zip(usable, ids, strict=True)]
        )
        old = {person.id for _, person in usable if person}
        self.outcome.left += left
        self.outcome.added += len(ids) - len(old)
        self.outcome.updated += len((changed | moved) & old)
        self.outcome.same += len(old - changed - moved)

    async def missing(
        self, session: AsyncSession, refused: Sequence[RefusedRow] = ()
    ) -> list[Missing]:
        """Who was in a group that the roster lists, and is not listed any more. Who stands in a
        row that was `refused` is listed."""
        listed = {row.name for row in (*refused, *self.outcome.refused)}
        unseen = await self._places.without(session, self._seen)
        return [one for one in unseen if one.name not in listed]

    async def _known(
        self, session: AsyncSession, rows: Sequence[RosterRow]
    ) -> dict[str, list[Person]]:
        """By hash of the phone; by name those who are not known by their phone."""
        hashes = [self._hash(row) for row in rows]
        known: dict[str, list[Person]] = defaultdict(list)
        by_phone = select(Person).where(Person.phone_hash.in_(set(filter(None, hashes))))
        for person in await session.scalars(by_phone):
            known[person.phone_hash or ""].append(person)
        names = {row.name for row in rows if self._hash(row) not in known}
        by_name = select(Person).where(Person.name.in_(names))
        if all(hashes):  # whoever has another phone is somebody else
            by_name = by_name.where(Person.phone_hash.is_(None))
        for person in await session.scalars(by_name.order_by(Person.id)):
            known[person.name].append(person)
        return known

    def _hash(self, row: RosterRow) -> str:
        return self._phones.hashed(row.phone) if self._phones and row.phone else ""

    def _sealed(self, row: RosterRow) -> str | None:
        return self._phones.sealed(row.phone) if self._phones and row.phone else None

    def _match(self, row: RosterRow, known: dict[str, list[Person]]) -> Person | RefusedRow | None:
        """A telephone decides; else name, school and place, as far as both sides say them."""
        phone = self._hash(row)
        if phone and known.get(phone):
            return known[phone][0]
        namesakes = [
            one
            for one in known.get(row.name, ())
            if _agree(one.school, row.school)
            and _agree(one.area, row.area)
            and _agree(one.province, row.province)
            and not (phone and one.phone_hash)
        ]
        if len(namesakes) > 1:
            return RefusedRow(row.line, row.name, f"名单上已有{len(namesakes)}位同名的，请加手机号")
        return namesakes[0] if namesakes else None

    async def _saved(
        self, session: AsyncSession, usable: Sequence[tuple[RosterRow, Person | None]]
    ) -> tuple[list[int], set[int]]:
        """Ids in the order of the rows, and of those whom we knew who changed."""
        new = [
            self._values(row) | {"phone_cipher": self._sealed(row)}
            for row, person in usable
            if person is None
        ]
        added: list[int] = []
        if new:
            inserted = insert(Person).returning(Person.id, sort_by_parameter_order=True)
            added = list(await session.scalars(inserted, new))
        fresh = iter(added)
        ids = [next(fresh) if person is None else person.id for _, person in usable]
        changed = {person.id for row, person in usable if person and self._updated(row, person)}
        return ids, changed

    def _updated(self, row: RosterRow, person: Person) -> bool:
        """What the roster does not say stays as it is."""
        said = {name: value for name, value in self._values(row).items() if value or name == "name"}
        changed = {name: value for name, value in said.items() if getattr(person, name) != value}
        for name, value in changed.items():
            setattr(person, name, value)
        if "phone_hash" in changed:
            person.phone_cipher = self._sealed(row)
        return bool(changed)

    def _values(self, row: RosterRow) -> dict[str, Any]:
        return {
            "name": row.name,
            "province": row.province,
            "area": row.area,
            "subject": row.subject,
            "school": row.school,
            "phone_hash": self._hash(row) or None,
            "active": True,
            "coordinator": row.role == COORDINATOR,
        }


def _agree(kept: str, said: str) -> bool:
    return not kept or not said or kept == said


async def _one_at_a_time(session: AsyncSession) -> None:
    if session.get_bind().dialect.name == "postgresql":  # on SQLite there is one writer anyway
        await session.execute(text("SELECT pg_advisory_xact_lock(hashtext('roster'))"))
