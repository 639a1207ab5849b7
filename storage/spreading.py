"""What is due, spread over the roster by the database: one statement makes a page of letters.

What a day brings is the same for everybody with a role, and roles are few; of people there may be
a million. So none of them is read here: the statement finds who has the role, gives each their own
hour, and leaves out who is muted, out of reach or done with the task."""

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    CTE,
    JSON,
    BigInteger,
    Boolean,
    Integer,
    Select,
    String,
    Time,
    and_,
    bindparam,
    cast,
    func,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from storage.given import Types, as_given, given
from storage.models import Credit, Membership, Person, Progress
from storage.models.base import UtcDateTime
from storage.occasions import Habits, Page, Spread, Window

OCCASION: Types = {
    "programme": String(),
    "role": String(),
    "day": String(),
    "priority": Integer(),
    "task": String(),
    "goal": Integer(),
    "in_group": Boolean(),
}
BESIDES: Types = {"person": Integer(), "day": String(), "priority": Integer()}
HABITS: Types = {"remind_at": Time(), "quiet_from": Time(), "quiet_to": Time()}
WINDOW: Types = {
    "day": String(),
    **HABITS,
    "opens": UtcDateTime(),
    "closes": UtcDateTime(),
    "data": JSON(),
}

KIND = bindparam("kind", type_=String())
FIRST, LAST = bindparam("first", type_=Integer()), bindparam("last", type_=Integer())
KEPT = [func.coalesce(getattr(Person, name), bindparam(name, type_=Time())) for name in HABITS]


async def habits(session: AsyncSession, usual: Habits) -> list[Habits]:
    """Those that anybody keeps."""
    kept = await session.execute(select(*KEPT).distinct(), _by_name(usual))
    return [Habits(*row) for row in kept]


async def page_after(session: AsyncSession, last: int, size: int) -> Page | None:
    """The next people; None: that was everybody."""
    ids = select(Person.id).where(Person.id > last).order_by(Person.id).limit(size).subquery()
    end = await session.scalar(select(func.max(ids.c.id)))
    return Page(last + 1, end) if end is not None else None


def values(dialect: str, spread: Spread, page: Page) -> dict[str, Any]:
    """The parameters of `letters`."""
    also = spread.besides
    here = also.people[bisect_left(also.people, page.first) : bisect_right(also.people, page.last)]
    return {
        "kind": spread.kind,
        "first": page.first,
        "last": page.last,
        "occasions": as_given(dialect, map(attrgetter(*OCCASION), spread.occasions)),
        "besides": as_given(dialect, [(person, str(also.day), also.priority) for person in here]),
        "windows": as_given(dialect, map(_row, spread.windows)),
        **_by_name(spread.usual),
    }


def letters(dialect: str) -> Select[Any]:
    """Of one page, with the columns that the outbox wants, and their `place`."""
    due = _due(dialect).subquery("due")
    window = _once("windows", given(dialect, WINDOW, "windows"))
    when = window.c
    at_their_hour = [when[name] == kept for name, kept in zip(HABITS, KEPT, strict=True)]
    return (
        select(
            (KIND + ":" + cast(Person.id, String) + ":" + when.day).label("key"),
            KIND.label("kind"),
            when.opens.label("not_before"),
            when.closes.label("expires_at"),
            Person.id.label("person_id"),
            cast(null(), Integer).label("group_id"),
            cast(null(), BigInteger).label("chat_id"),
            cast(null(), Integer).label("thread_id"),
            Person.surface,
            when.data,
            due.c.priority,
            Person.id.label("place"),
        )
        .join(due, due.c.person == Person.id)
        .join(window, and_(when.day == due.c.day, *at_their_hour))
        .where(Person.active, Person.reachable, Person.chat_id.is_not(None))
        .where(or_(Person.chat_since.is_(None), Person.chat_since < when.closes))
    )


def _due(dialect: str) -> Select[Any]:
    """Who hears something on which day, and how urgent the most urgent of it is."""
    besides = given(dialect, BESIDES, "besides").subquery("besides").c
    others = select(besides.person, besides.day, besides.priority)
    every = union_all(_by_role(dialect), others).subquery("every").c
    most_urgent = func.min(every.priority).label("priority")
    return select(every.person, every.day, most_urgent).group_by(every.person, every.day)


def _by_role(dialect: str) -> Select[Any]:
    members, occasions = _members(), _once("occasions", given(dialect, OCCASION, "occasions"))
    credits = _credits()
    who, why = members.c, occasions.c
    count = func.coalesce(Progress.count, 0) + func.coalesce(credits.c.number, 0)
    return (
        select(who.person_id.label("person"), why.day, why.priority)
        .select_from(members)
        .join(occasions, and_(why.programme == who.programme_code, why.role == who.role))
        .outerjoin(Progress, _same_task(Progress, who, why))
        .outerjoin(credits, _same_task(credits.c, who, why))
        .where(Progress.done_at.is_(None), or_(why.goal.is_(None), count < why.goal))
        .where(or_(~why.in_group, who.group_id.is_not(None)))
    )


def _members() -> CTE:
    table = Membership
    columns = table.person_id, table.programme_code, table.role, table.group_id
    here = table.person_id.between(FIRST, LAST)
    return _once("members", select(*columns).where(here, ~table.muted))


def _credits() -> CTE:
    key = Credit.person_id, Credit.programme_code, Credit.task_code
    here = Credit.person_id.between(FIRST, LAST)
    return _once("credits", select(*key, func.count().label("number")).where(here).group_by(*key))


def _same_task(state: Any, who: Any, why: Any) -> Any:
    return and_(
        state.person_id == who.person_id,
        state.programme_code == why.programme,
        state.task_code == why.task,
    )


def _once(name: str, rows: Select[*tuple[Any, ...]]) -> CTE:
    """Worked out before it is joined, or the planner, which knows nothing of what we give, may
    begin at the wrong end: everybody in a programme for each reason instead of for one page.
    Nested, because behind a leading WITH nobody counts for us what SQLite has inserted."""
    return rows.cte(name, nesting=True).prefix_with("MATERIALIZED")


def _row(window: Window) -> tuple[Any, ...]:
    day = window.day.isoformat()
    kept = attrgetter(*HABITS)(window.habits)
    return (day, *kept, window.opens, window.closes, {"day": day})


def _by_name(habits: Habits) -> dict[str, Any]:
    return {name: getattr(habits, name) for name in HABITS}
