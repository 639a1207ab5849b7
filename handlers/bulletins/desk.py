"""Who may post bulletins, in which programmes and to which groups; and the posting itself."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from secrets import token_hex

from handlers.bulletins.card import Draft
from handlers.conversation.programmes import programmes_of
from handlers.texts import bulletins as texts
from knowledge.answering.library import Library
from knowledge.links import Link
from knowledge.programme.bulletins import kinds_of
from knowledge.programme.quotas import counted, quota_task
from knowledge.programme.values import Programme
from scheduler import bulletin_letters
from storage import audit, bulletins, groups, progress
from storage.bulletins import NewBulletin
from storage.database import AnySession, Sessions
from storage.progress import NOT_BEGUN
from storage.roster import EXPERT, TUTOR, Group, Recipient


@dataclass(frozen=True, slots=True)
class Author:
    person: Recipient
    programmes: tuple[tuple[Programme, str], ...]  # with their role there

    def programme(self, code: str) -> Programme | None:
        return next((one for one, _ in self.programmes if one.code == code), None)

    def role_in(self, code: str) -> str:
        return next((role for one, role in self.programmes if one.code == code), "")

    def next_programme(self, code: str) -> str:
        codes = [one.code for one, _ in self.programmes]
        return codes[(codes.index(code) + 1) % len(codes)] if code in codes else codes[0]


@dataclass(frozen=True, slots=True)
class Posted:
    id: int
    groups: int
    quota: str  # how it counts, said to the author


def author_of(person: Recipient | None, library: Library, today: date) -> Author | None:
    """None: may not post. Programmes that run come before those that are over."""
    if person is None:
        return None
    mine = [(one, role) for one, role in programmes_of(person, library) if role in (TUTOR, EXPERT)]
    if person.coordinator:
        codes = {one.code for one, _ in mine}
        mine += [(one, "") for one in library.programmes if one.code not in codes]
    mine.sort(key=lambda each: max(stage.ends for stage in each[0].stages) < today)
    return Author(person, tuple(mine)) if mine else None


async def drafted(
    session: AnySession, author: Author, link: Link, title: str, today: date, code: str = ""
) -> tuple[Draft, list[Group]]:
    """With everything filled in that can be guessed: kind, number, stage, all their groups."""
    code = code or author.programmes[0][0].code
    programme = author.programme(code)
    assert programme is not None
    kind = kinds_of(programme, author.role_in(code))[0]
    reach = await groups.groups_in_care_of(session, author.person, code)
    running = [stage.name for stage in programme.stages if stage.starts <= today <= stage.ends]
    draft = Draft(
        number=token_hex(4),
        url=link.url,
        title=title,
        programme=code,
        kind=kind,
        stage=running[0] if running else "",
        groups=tuple(group.id for group in reach),
        own_title=bool(title),
    )
    return await titled(session, author, draft), reach


async def titled(session: AnySession, author: Author, draft: Draft) -> Draft:
    """The title follows the kind until the author writes one."""
    if draft.own_title:
        return draft
    so_far = await bulletins.how_many(session, author.person.id, draft.programme, draft.kind)
    return replace(draft, title=texts.suggested_title(so_far + 1, draft.kind))


async def post(
    sessions: Sessions, author: Author, draft: Draft, *, today: date, now: datetime
) -> Posted | None:
    """None: it was posted already. Groups that went out of
    their care meanwhile are left out."""
    person = author.person
    async with sessions.begin() as session:
        reach = await groups.groups_in_care_of(session, person, draft.programme)
        chosen = [group for group in reach if group.id in draft.groups]
        new = NewBulletin(
            draft=draft.number,
            author_id=person.id,
            programme=draft.programme,
            kind=draft.kind,
            stage=draft.stage,
            title=draft.title,
            url=draft.url,
        )
        id = await bulletins.post(session, new, [group.id for group in chosen], now=now)
        if id is None:
            return None
        bound = [group.id for group in chosen if group.chat_id is not None]
        await bulletin_letters.send_to_groups(session, id, bound, now)
        await audit.note(
            session, "post_bulletin", f"bulletin:{id}", actor=person.id, now=now, groups=len(chosen)
        )
        said = await _credited(session, author, draft, id, today, now)
    return Posted(id, len(chosen), said)


async def _credited(
    session: AnySession, author: Author, draft: Draft, id: int, today: date, now: datetime
) -> str:
    programme, role = author.programme(draft.programme), author.role_in(draft.programme)
    found = quota_task(programme, role, "bulletin", today, kind=draft.kind) if programme else None
    if programme is None or found is None:
        return ""
    _, task = found
    person = author.person.id
    await progress.credit(session, person, origin(id), programme.code, task.code, now=now)
    mine = await progress.of_person(session, person)
    done = mine.get((programme.code, task.code), NOT_BEGUN).count
    return texts.quota(task.title, done, counted(task))


def origin(bulletin_id: int) -> str:
    return f"bulletin:{bulletin_id}"
