"""What is due, spread over the roster by the database: one statement makes a page of letters.

What a day brings is the same for everybody with a role, and roles are few; of people there may be
a million. So none of them is read here: the statement finds who has the role, gives each their own
hour, and leaves out who is muted, out of reach or done with the task."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import reduce
from itertools import pairwise
from operator import add, attrgetter
from typing import Any

from sqlalchemy import (
    CTE,
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    Integer,
    Select,
    String,
    Subquery,
    Time,
    and_,
    bindparam,
    cast,
    func,
    literal,
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


def _in_a_word(times: Iterable[Any]) -> ColumnElement[str]:
    """Habits as one value, which is quicker to look up than three."""
    return reduce(add, (cast(one, String) for one in times))


PERSON: tuple[Any, ...] = (
    *(Person.id, Person.surface, Person.chat_since),
    _in_a_word(KEPT).label("habits"),
)
HERE = (
    *(Person.id.between(FIRST, LAST), Person.active),
    *(Person.reachable, Person.chat_id.is_not(None)),
)


async def habits(session: AsyncSession, usual: Habits) -> list[Habits]:
    """Those that anybody keeps."""
    kept = await session.execute(select(*KEPT).distinct(), _by_name(usual))
    return [Habits(*row) for row in kept]


async def pages(session: AsyncSession, size: int) -> list[Page]:
    """The whole roster in parts of this many people."""
    place = func.row_number().over(order_by=Person.id)
    people = select(Person.id, place.label("place")).subquery().c
    last = select(func.max(Person.id)).scalar_subquery()
    at_an_end = or_(people.place % size == 0, people.id == last)
    ends = await session.scalars(select(people.id).where(at_an_end).order_by(people.id))
    return [Page(before + 1, end) for before, end in pairwise([0, *ends])]


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
    due, windows = _due(dialect).subquery("due"), _windows(dialect)
    who, when = due.c, windows.c
    return (
        select(
            (KIND + ":" + cast(who.id, String) + ":" + who.day).label("key"),
            KIND.label("kind"),
            when.opens.label("not_before"),
            when.closes.label("expires_at"),
            who.id.label("person_id"),
            cast(null(), Integer).label("group_id"),
            cast(null(), BigInteger).label("chat_id"),
            cast(null(), Integer).label("thread_id"),
            who.surface,
            when.data,
            who.priority,
            who.id.label("place"),
        )
        .join_from(due, windows, when.slot == who.day + who.habits)
        .where(or_(who.chat_since.is_(None), who.chat_since < when.closes))
    )


def _windows(dialect: str) -> CTE:
    window = given(dialect, WINDOW, "windows").subquery("window").c
    slot = window.day + _in_a_word(window[name] for name in HABITS)
    return _once("windows", select(slot.label("slot"), window.opens, window.closes, window.data))


def _due(dialect: str) -> Select[Any]:
    """Who hears something on which day, and how urgent the most urgent of it is."""
    every = union_all(_by_role(dialect), _besides(dialect)).subquery("every").c
    most_urgent = func.min(every.priority).label("priority")
    person_and_day = [column for column in every if column is not every.priority]
    return select(*person_and_day, most_urgent).group_by(*person_and_day)


def _by_role(dialect: str) -> Select[Any]:
    occasions, members = _once("occasions", given(dialect, OCCASION, "occasions")), _members()
    why, who = occasions.c, members.c
    in_role = and_(why.programme == who.programme_code, why.role == who.role)
    return (
        select(*(who[column.name] for column in PERSON), why.day, why.priority)
        .join_from(members, occasions, in_role)
        .where(or_(~why.in_group, who.group_id.is_not(None)))
        .where(_named(who.id, why.programme, why.task).not_in(_done(dialect)))
    )


def _members() -> CTE:
    columns = Membership.programme_code, Membership.role, Membership.group_id
    theirs = Membership.person_id == Person.id
    here = Membership.person_id.between(FIRST, LAST)  # PostgreSQL does not conclude it from HERE
    members = select(*PERSON, *columns).join(Membership, theirs).where(*HERE, here)
    return _once("members", members.where(~Membership.muted))


def _besides(dialect: str) -> Select[Any]:
    besides = given(dialect, BESIDES, "besides").subquery("besides")
    theirs = besides.c.person == Person.id
    return select(*PERSON, besides.c.day, besides.c.priority).join(besides, theirs).where(*HERE)


def _done(dialect: str) -> Select[Any]:
    """Which of these tasks people of the page have done, as progress.is_done says."""
    tasks, states = _once("tasks", given(dialect, OCCASION, "occasions")), _states()
    task, state = tasks.c, states.c
    same = and_(task.programme == state.programme_code, task.task == state.task_code)
    done = or_(state.done_at.is_not(None), state.number >= task.goal)
    return select(_named(*_key(state))).join_from(states, tasks, same).where(done)


def _states() -> Subquery:
    pressed = select(*_key(Progress), Progress.count.label("number"), Progress.done_at)
    credited = select(*_key(Credit), literal(1), null())
    here = [
        pressed.where(Progress.person_id.between(FIRST, LAST)),
        credited.where(Credit.person_id.between(FIRST, LAST)),
    ]
    part = union_all(*here).subquery("part").c
    number, done_at = func.sum(part.number), func.max(part.done_at)
    both = select(*_key(part), number.label("number"), done_at.label("done_at"))
    return both.group_by(*_key(part)).subquery("states")


def _named(person: Any, programme: Any, task: Any) -> Any:
    """One value: for NULLs in rows of three SQLite would look through all of them every time."""
    return cast(person, String) + ":" + programme + ":" + task


def _key(state: Any) -> tuple[Any, Any, Any]:
    return state.person_id, state.programme_code, state.task_code


def _once(name: str, rows: Select[*tuple[Any, ...]]) -> CTE:
    """Worked out before it is joined. The database knows nothing of what we give it, and would
    begin at the wrong end: with all people of a programme instead of those of the page.
    Nested, because behind a leading WITH nobody counts for us what SQLite has inserted."""
    return rows.cte(name, nesting=True).prefix_with("MATERIALIZED")


def _row(window: Window) -> tuple[Any, ...]:
    day = window.day.isoformat()
    kept = attrgetter(*HABITS)(window.habits)
    return (day, *kept, window.opens, window.closes, {"day": day})


def _by_name(habits: Habits) -> dict[str, Any]:
    return {name: getattr(habits, name) for name in HABITS}
