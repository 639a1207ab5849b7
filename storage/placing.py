"""Where the people of a roster belong: programme, role, group; and who belongs nowhere any more."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.rosters.values import RosterRow
from storage import groups, people
from storage.models import Guidance, Membership, Person, TrainingGroup
from storage.roster import COORDINATOR
from storage.upserts import insert_into

# 第一组 is called so in every county, 五华区语文组 is not
_ALIKE_EVERYWHERE = re.compile(r"第?[一二三四五六七八九十百\d]+(?:研修|学习|培训)?(?:小?组|班|坊)")

Place = tuple[str, str, str, str]  # programme, province, area, name
Scope = tuple[str, int | None, str, str]  # programme, group; where there is none: role, province


@dataclass(frozen=True, slots=True)
class Missing:
    """On an earlier roster of the same groups, not on this one."""

    person_id: int
    name: str
    programme: str


class Places:
    def __init__(self) -> None:
        self._groups: dict[Place, int] = {}
        self._scopes: set[Scope] = set()

    async def take(
        self, session: AsyncSession, listed: Sequence[tuple[RosterRow, int]]
    ) -> tuple[int, set[int]]:
        """Gives everybody their place. How many left, as the roster says, and who has moved."""
        leaving = [(row, id) for row, id in listed if row.left]
        staying = [(row, id) for row, id in listed if not row.left and row.role != COORDINATOR]
        await self._find_groups(session, [row for row, _ in staying])
        for row, id in leaving:
            await leave(session, id, row.programme)
        moved = await self._write_memberships(session, staying) if staying else set()
        await self._write_guidance(session, staying)
        return len(leaving), moved

    async def without(self, session: AsyncSession, seen: Collection[int]) -> list[Missing]:
        """Of those who are in the groups that were taken, the active ones not `seen`."""
        chosen = (
            select(
                Person.id,
                Person.name,
                Membership.programme_code,
                Membership.group_id,
                Membership.role,
                Person.province,
            )
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.programme_code.in_({scope[0] for scope in self._scopes}))
            .where(Person.active)
            .order_by(Person.id)
        )
        return [
            Missing(id, name, programme)
            for id, name, programme, group, role, province in await session.execute(chosen)
            if id not in seen and _scope(programme, group, role, province) in self._scopes
        ]

    async def _find_groups(self, session: AsyncSession, rows: Sequence[RosterRow]) -> None:
        wanted = {place_of(row, name) for row in rows for name in row.groups} - set(self._groups)
        if not wanted:
            return
        names = {place[3] for place in wanted}
        known = await session.scalars(select(TrainingGroup).where(TrainingGroup.name.in_(names)))
        for one in known:
            self._groups[one.programme_code, one.province, one.area, one.name] = one.id
        for programme, province, area, name in sorted(wanted - set(self._groups)):
            self._groups[programme, province, area, name] = await groups.add_group(
                session, name, programme=programme, province=province, area=area
            )

    async def _write_memberships(
        self, session: AsyncSession, staying: Iterable[tuple[RosterRow, int]]
    ) -> set[int]:
        values = {}
        for row, id in staying:
            group = self._groups[place_of(row, row.groups[0])] if len(row.groups) == 1 else None
            values[id, row.programme] = {
                "person_id": id,
                "programme_code": row.programme,
                "role": row.role,
                "group_id": group,
                "muted": False,
            }
            self._scopes.add(_scope(row.programme, group, row.role, row.province))
        moved = await _moved(session, values)
        insert = insert_into(session, Membership).values(list(values.values()))
        given = {"role": insert.excluded.role, "group_id": insert.excluded.group_id}
        await session.execute(
            insert.on_conflict_do_update(index_elements=["person_id", "programme_code"], set_=given)
        )
        return moved

    async def _write_guidance(
        self, session: AsyncSession, staying: Iterable[tuple[RosterRow, int]]
    ) -> None:
        """Of several groups; what the person guided in this programme before is forgotten."""
        guided: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
        for row, id in staying:
            if len(row.groups) > 1:
                guided[id, row.programme] |= {
                    self._groups[place_of(row, name)] for name in row.groups
                }
        for (id, programme), group_ids in guided.items():
            of_programme = select(TrainingGroup.id).where(TrainingGroup.programme_code == programme)
            await session.execute(
                delete(Guidance).where(
                    Guidance.person_id == id, Guidance.group_id.in_(of_programme)
                )
            )
            session.add_all(Guidance(person_id=id, group_id=group) for group in group_ids)


async def _moved(
    session: AsyncSession, values: Mapping[tuple[int, str], Mapping[str, Any]]
) -> set[int]:
    kept = select(Membership).where(Membership.person_id.in_({id for id, _ in values}))
    before = {
        (row.person_id, row.programme_code): (row.role, row.group_id)
        for row in await session.scalars(kept)
    }
    return {
        id
        for (id, programme), now in values.items()
        if before.get((id, programme)) != (now["role"], now["group_id"])
    }


def _scope(programme: str, group: int | None, role: str, province: str) -> Scope:
    return (programme, group, "", "") if group else (programme, None, role, province)


def place_of(row: RosterRow, name: str) -> Place:
    """Groups of one name are one group, unless every county has its own of that name."""
    area = row.area if _ALIKE_EVERYWHERE.fullmatch(name) else ""
    return row.programme, row.province, area, name


async def leave(session: AsyncSession, person_id: int, programme: str) -> None:
    """Out of the programme; who is in none is deactivated, not deleted."""
    await session.execute(
        delete(Membership).where(
            Membership.person_id == person_id, Membership.programme_code == programme
        )
    )
    elsewhere = await session.scalar(
        select(
            exists().where(Membership.person_id == person_id)
            | exists().where(Person.id == person_id, Person.coordinator)
        )
    )
    if not elsewhere:
        await people.deactivate(session, person_id)


async def leave_everything(session: AsyncSession, person_id: int) -> None:
    """Out of every programme, and no coordinator any more."""
    for table in (Membership, Guidance):
        await session.execute(delete(table).where(table.person_id == person_id))
    await session.execute(update(Person).where(Person.id == person_id).values(coordinator=False))
    await people.deactivate(session, person_id)
