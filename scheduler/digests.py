"""A person's digest: what it says on a day, from the data of this moment, and its buttons."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Any

from knowledge.programme.values import Programme
from scheduler import texts
from scheduler.hours import Hours
from scheduler.items import NOTHING_DONE, Agenda, Done, Item, is_done, items_of
from scheduler.letters import Button, Rows, Text
from scheduler.short_names import short_name
from scheduler.weekly import week_of
from storage import progress
from storage.database import AnySession
from storage.group_state import GroupState, group_state
from storage.progress import NOT_BEGUN
from storage.roster import Recipient

AGAIN = "s"  # behind the day in a button: of a message that was asked for again
DONE_BUTTONS, NUDGE_BUTTONS, EXTRA_BUTTONS = 4, 3, 3


@dataclass(frozen=True, slots=True)
class Line:
    """One more line of a digest. `html` is safe already and begins with "• "."""

    html: str
    buttons: tuple[Button, ...] = ()


DigestLines = Callable[[AnySession, Recipient, date], Awaitable[Sequence[Line]]]
DuePeople = Callable[[AnySession, date], Awaitable[Collection[int]]]


@dataclass(frozen=True, slots=True)
class Extra:
    """Something besides deadlines that a digest tells: bulletins to read, questions that wait.

    `due_people` are those whose `lines` say something on that day: they get a digest even where
    nothing else is due. Both are asked again when it is sent."""

    heading: str
    lines: DigestLines
    due_people: DuePeople


@dataclass(frozen=True, slots=True)
class DigestHabits:
    """What this installation's digests keep to, for whoever writes one anew."""

    hours: Hours = field(default_factory=Hours)
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    person: Recipient
    day: date
    items: tuple[Item, ...]  # their own, also what is done
    done: frozenset[Item] = frozenset()
    more: tuple[Line, ...] = ()  # the group's state, the week, what was registered

    @property
    def open(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item not in self.done)

    @property
    def says_something(self) -> bool:
        return bool(self.open or any(line.html.startswith("•") for line in self.more))

    def without_done(self) -> "Digest":
        return replace(self, items=self.open, done=frozenset())


async def gather(
    session: AnySession,
    programmes: Sequence[Programme],
    person: Recipient,
    day: date,
    *,
    today: date,
    extras: Sequence[Extra] = (),
) -> Digest:
    """What belongs to `day`, as it stands `today`."""
    items = items_of(person, day, Agenda(programmes, [day]), NOTHING_DONE)
    done = await done_by(session, person, items)
    own = tuple(item for item in items if not item.of_group)
    more = await _of_the_groups(session, person, [i for i in items if i.of_group], today)
    for extra in extras:
        if lines := await extra.lines(session, person, today):
            more += [Line(texts.heading(extra.heading)), *lines]
    finished = frozenset(item for item in own if is_done(item, person.id, done))
    return Digest(person, day, own, finished, tuple(more))


async def done_by(session: AnySession, person: Recipient, items: Sequence[Item]) -> Done:
    if not any(item.task for item in items):
        return NOTHING_DONE
    states = await progress.of_person(session, person.id)
    return frozenset(
        (person.id, item.programme.code, item.task.code)
        for item in items
        if item.task
        and progress.is_done(
            item.task, states.get((item.programme.code, item.task.code), NOT_BEGUN)
        )
    )


async def _of_the_groups(
    session: AnySession, leader: Recipient, items: Sequence[Item], today: date
) -> list[Line]:
    """Nothing about groups in which everybody is done."""
    lines: list[Line] = []
    in_order = sorted(items, key=lambda item: item.programme.code)
    for programme, of_one in groupby(in_order, key=lambda item: item.programme):
        role = leader.role_in(programme.code)
        if role is None or role.group_id is None:
            continue
        state = await group_state(session, programme, role.group_id)
        here = list(of_one)
        near = [line for item in here if (line := _near(item, state, role.group_id, today))]
        lines += [Line(texts.heading(texts.OF_THE_GROUP)), *near] if near else []
        for item in here:
            if item.kind == "weekly":
                lines += map(Line, week_of(item.stage, state))
    return lines


def _near(item: Item, state: GroupState, group_id: int, today: date) -> Line | None:
    left = state.unfinished(item.task) if item.task else 0
    if item.task is None or not left:
        return None
    data = f"gr:n:{group_id}:{short_name(item.programme.code, item.task.code)}"
    buttons = (Button(texts.nudge_label(item, left), data),)
    return Line(texts.group_state(item, left, today), buttons)


def written(
    digest: Digest, *, today: date, again: bool = False, possibly_doubled: bool = False
) -> Text:
    """`today`: when it is read; `again`: they asked to hear once more what is still open."""
    if again:
        digest = replace(digest.without_done(), more=())
    html = texts.digest(
        digest.person.name,
        digest.day,
        digest.items,
        today=today,
        done=digest.done,
        more=[line.html for line in digest.more],
        again=again,
        possibly_doubled=possibly_doubled,
    )
    return Text(html, buttons(digest, again=again), told=_told(digest))


def buttons(digest: Digest, *, again: bool = False) -> Rows:
    """A row for each thing that can be done about it, the general ones last."""
    day = f"{digest.day:%Y%m%d}{AGAIN if again else ''}"
    open_tasks = {
        short_name(item.programme.code, item.task.code): item for item in digest.open if item.task
    }
    done = [
        Button(texts.done_label(item), f"dg:done:{day}:{ref}") for ref, item in open_tasks.items()
    ]
    offered = [button for line in digest.more for button in line.buttons]
    nudges = [button for button in offered if button.data.startswith("gr:n:")]
    others = [button for button in offered if button not in nudges]
    rows = [*done[:DONE_BUTTONS], *nudges[:NUDGE_BUTTONS], *others[:EXTRA_BUTTONS]]
    general = [Button("稍后提醒", f"dg:later:{day}")] if open_tasks else []
    if digest.items or nudges:
        general.append(Button("静音", f"dg:mute:{day}"))
    return tuple((button,) for button in rows) + ((tuple(general),) if general else ())


def _told(digest: Digest) -> dict[str, Any]:
    named = [
        [item.programme.code, item.task.code, item.due.isoformat()]
        for item in digest.open
        if item.task and not item.is_overdue
    ]
    return {"deadlines": named} if named else {}
