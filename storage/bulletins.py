"""Bulletins: posted once, edited or withdrawn, read by each person once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Guidance, Membership, Person, TrainingGroup
from storage.models.bulletins import Bulletin as Row
from storage.models.bulletins import BulletinGroup, BulletinReader
from storage.roster import PARTICIPANT, Recipient
from storage.upserts import insert_into

RECENT = timedelta(days=60)  # older ones are no longer listed


@dataclass(frozen=True, slots=True)
class NewBulletin:
    draft: str  # the wizard's: posted once
    author_id: int
    programme: str  # code
    kind: str
    stage: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Bulletin:
    id: int
    author_id: int
    author: str  # name
    programme: str
    kind: str
    stage: str
    title: str
    url: str
    posted_at: datetime
    revision: int = 1
    withdrawn: bool = False
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class ForMe:
    bulletin: Bulletin
    read: bool


@dataclass(frozen=True, slots=True)
class ReadIn:
    """How many of a group's participants have read it."""

    group_id: int
    group: str
    has_chat: bool
    read: int
    participants: int


async def post(
    session: AsyncSession, new: NewBulletin, group_ids: Collection[int], *, now: datetime
) -> int | None:
    """None: this draft was posted already."""
    row = insert_into(session, Row).values(
        draft=new.draft,
        author_id=new.author_id,
        programme_code=new.programme,
        kind=new.kind,
        stage=new.stage,
        title=new.title,
        url=new.url,
        posted_at=now,
        revision=1,
        pinned=False,
    )
    only_once = row.on_conflict_do_nothing(index_elements=["draft"]).returning(Row.id)
    id: int | None = await session.scalar(only_once)
    if id is not None:
        session.add_all(BulletinGroup(bulletin_id=id, group_id=group) for group in group_ids)
        await session.flush()
    return id


async def find(session: AsyncSession, id: int) -> Bulletin | None:
    found = await _bulletins(session, _all().where(Row.id == id))
    return found[0] if found else None


async def edit(
    session: AsyncSession, id: int, *, title: str | None = None, url: str | None = None
) -> int | None:
    """The new revision; None: there was nothing to change, or it is withdrawn."""
    changes = {name: value for name, value in (("title", title), ("url", url)) if value is not None}
    differs = or_(*(getattr(Row, name) != value for name, value in changes.items()))
    return await _revised(session, id, differs, **changes)


async def withdraw(session: AsyncSession, id: int, *, now: datetime) -> int | None:
    return await _revised(session, id, Row.withdrawn_at.is_(None), withdrawn_at=now)


async def pin(session: AsyncSession, id: int, *, pinned: bool) -> int | None:
    return await _revised(session, id, Row.pinned.is_not(pinned), pinned=pinned)


async def _revised(
    session: AsyncSession, id: int, differs: ColumnElement[bool], **changes: object
) -> int | None:
    changed = (
        update(Row)
        .where(Row.id == id, Row.withdrawn_at.is_(None), differs)
        .values(revision=Row.revision + 1, **changes)
        .returning(Row.revision)
    )
    revision: int | None = await session.scalar(changed)
    return revision


async def group_ids_of(session: AsyncSession, id: int) -> list[int]:
    chosen = select(BulletinGroup.group_id).where(BulletinGroup.bulletin_id == id)
    return list(await session.scalars(chosen.order_by(BulletinGroup.group_id)))


async def mark_read(
    session: AsyncSession, bulletin_id: int, person_id: int, *, now: datetime
) -> bool:
    """False: they had read it."""
    row = insert_into(session, BulletinReader).values(
        bulletin_id=bulletin_id, person_id=person_id, read_at=now
    )
    once = row.on_conflict_do_nothing(index_elements=["bulletin_id", "person_id"])
    new = await session.execute(once.returning(BulletinReader.person_id))
    return new.first() is not None


async def read_by(session: AsyncSession, bulletin_id: int) -> int:
    readers = select(func.count()).where(BulletinReader.bulletin_id == bulletin_id)
    return await session.scalar(readers) or 0


async def is_for(session: AsyncSession, bulletin_id: int, person: Recipient) -> bool:
    chosen = _for_person(person).where(Row.id == bulletin_id)
    return (await session.execute(chosen)).first() is not None


async def current_for(session: AsyncSession, person: Recipient, *, since: datetime) -> list[ForMe]:
    """What was posted to their groups since then and is not withdrawn: unread first, new first."""
    chosen = _for_person(person).where(Row.withdrawn_at.is_(None), Row.posted_at >= since)
    found = await _bulletins(session, chosen.order_by(Row.posted_at.desc(), Row.id.desc()))
    ids = [bulletin.id for bulletin in found]
    read = select(BulletinReader.bulletin_id).where(
        BulletinReader.person_id == person.id, BulletinReader.bulletin_id.in_(ids)
    )
    done = set(await session.scalars(read))
    return sorted(
        (ForMe(bulletin, bulletin.id in done) for bulletin in found), key=lambda one: one.read
    )


async def of_author(session: AsyncSession, author_id: int, *, limit: int = 10) -> list[Bulletin]:
    chosen = _all().where(Row.author_id == author_id, Row.withdrawn_at.is_(None))
    return await _bulletins(session, chosen.order_by(Row.id.desc()).limit(limit))


async def how_many(session: AsyncSession, author_id: int, programme: str, kind: str) -> int:
    """Posted by them and not withdrawn."""
    counted = select(func.count()).where(
        Row.author_id == author_id,
        Row.programme_code == programme,
        Row.kind == kind,
        Row.withdrawn_at.is_(None),
    )
    return await session.scalar(counted) or 0


async def read_in_groups(session: AsyncSession, bulletin_id: int) -> list[ReadIn]:
    chosen = (
        select(
            TrainingGroup.id,
            TrainingGroup.name,
            TrainingGroup.chat_id,
            func.count(BulletinReader.person_id),
            func.count(Person.id),
        )
        .join(BulletinGroup, BulletinGroup.group_id == TrainingGroup.id)
        .outerjoin(
            Membership,
            (Membership.group_id == TrainingGroup.id) & (Membership.role == PARTICIPANT),
        )
        .outerjoin(Person, (Person.id == Membership.person_id) & Person.active)
        .outerjoin(
            BulletinReader,
            (BulletinReader.person_id == Person.id)
            & (BulletinReader.bulletin_id == BulletinGroup.bulletin_id),
        )
        .where(BulletinGroup.bulletin_id == bulletin_id)
        .group_by(TrainingGroup.id, TrainingGroup.name, TrainingGroup.chat_id)
        .order_by(TrainingGroup.id)
    )
    return [
        ReadIn(id, name, chat is not None, read, people)
        for id, name, chat, read, people in await session.execute(chosen)
    ]


async def owed_unread(session: AsyncSession, *, since: datetime, until: datetime) -> set[int]:
    """Who has not read what was posted then to their group, and whose group has no chat."""
    chosen = (
        select(Membership.person_id)
        .join(BulletinGroup, BulletinGroup.group_id == Membership.group_id)
        .join(TrainingGroup, TrainingGroup.id == BulletinGroup.group_id)
        .join(Row, Row.id == BulletinGroup.bulletin_id)
        .outerjoin(
            BulletinReader,
            (BulletinReader.bulletin_id == Row.id)
            & (BulletinReader.person_id == Membership.person_id),
        )
        .where(Row.posted_at >= since, Row.posted_at < until, Row.withdrawn_at.is_(None))
        .where(TrainingGroup.chat_id.is_(None), BulletinReader.person_id.is_(None))
        .where(Membership.person_id != Row.author_id)
        .distinct()
    )
    return set(await session.scalars(chosen))


def _all() -> Select[Row, str]:
    return select(Row, Person.name).join(Person, Person.id == Row.author_id)


def _for_person(person: Recipient) -> Select[Row, str]:
    """Posted to a group of theirs, their own posts left out."""
    mine = select(Membership.group_id).where(Membership.person_id == person.id)
    guided = select(Guidance.group_id).where(Guidance.person_id == person.id)
    posted = select(BulletinGroup.bulletin_id).where(
        or_(BulletinGroup.group_id.in_(mine), BulletinGroup.group_id.in_(guided))
    )
    return _all().where(Row.id.in_(posted), Row.author_id != person.id)


async def _bulletins(session: AsyncSession, chosen: Select[Row, str]) -> list[Bulletin]:
    return [_value(row, author) for row, author in await session.execute(chosen)]


def _value(row: Row, author: str) -> Bulletin:
    return Bulletin(
        id=row.id,
        author_id=row.author_id,
        author=author,
        programme=row.programme_code,
        kind=row.kind,
        stage=row.stage,
        title=row.title,
        url=row.url,
        posted_at=row.posted_at,
        revision=row.revision,
        withdrawn=row.withdrawn_at is not None,
        pinned=row.pinned,
    )
