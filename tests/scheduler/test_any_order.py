"""Whatever happens in whatever order: nothing twice without saying so, nothing at night, nothing
that is done, and on a quiet day everybody hears what the simple model says they should."""

import asyncio
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from knowledge.programme.values import Programme
from scheduler.crash_points import OF_A_LETTER
from scheduler.hours import Hours
from scheduler.snoozing import snooze
from scheduler.texts import AGAIN
from storage import people, progress
from storage.database import AnySession
from storage.roster import Recipient
from tests import wire
from tests.cast import GROUP_CHAT, PROGRAMME, PROGRAMME_CODE, SHANGHAI, Clock, enroll
from tests.databases import NewDatabase, opened
from tests.scheduler.delivering import Sender, make_sender
from tests.scheduler.mailing_model import DAY_IN_HEAD, Arrival, Model
from tests.wire import RecordingRequest

PLACES = ("planning", "planned", *OF_A_LETTER)
ROLES = ("学员", "组长", "指导教师", "省级专家", "管理员")
IN_A_GROUP = ("学员", "组长")
TROUBLES = (wire.LOST_REPLY, wire.slow_down(20), wire.refused_connection(), wire.SERVER_ERROR)
IN_FLIGHT = 2
PEOPLE, TASKS, SENDERS = st.integers(1, 5), st.integers(0, 4), st.sampled_from([0, 1])


class Crash(BaseException):
    """The process is gone; not an Exception, so nothing of ours may catch it."""


class Mailing(RuleBasedStateMachine):
    def __init__(self, database_url: str) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.database = opened(database_url)
        self.clock = Clock()
        self.latest = self.clock()
        self.wire = RecordingRequest(on_send=self.look)
        self.programme = PROGRAMME
        self.done: set[tuple[int, str]] = set()
        self.uncertain = self.started = self.snoozed = 0
        self.crash_at = ""
        self.sendings: list[Arrival] = []
        self.wrong: list[str] = []
        self.cast = self.run(self.enrolled())
        self.roster: list[Recipient] = self.run(self.everybody())
        self.senders = [self.new_sender(), self.new_sender()]

    def run(self, work: Any) -> Any:
        return self.loop.run(work)

    async def enrolled(self) -> Any:
        async with self.database.sessions.begin() as session:
            return await enroll(session, now=self.clock())

    async def everybody(self) -> list[Recipient]:
        async with self.database.sessions() as session:
            return await people.people_with_roles(session)

    def write(self, change: Any) -> None:
        async def written() -> None:
            async with self.database.sessions.begin() as session:
                await change(session)

        self.run(written())
        self.roster = self.run(self.everybody())

    @property
    def model(self) -> Model:
        return Model(self.programme, self.roster, self.done)

    def new_sender(self) -> Sender:
        self.started += 1
        return make_sender(
            self.database.sessions,
            self.clock,
            self.wire,
            owner=f"process {self.started}",
            load=self.programmes,
            in_flight=IN_FLIGHT,
            at=self.perhaps_crash,
        )

    async def programmes(self) -> tuple[Programme, ...]:
        return (self.programme,)

    def perhaps_crash(self, place: str) -> None:
        if place == self.crash_at:
            raise Crash

    def look(self) -> None:
        """At every request, with what is true at that moment."""
        form = self.wire.sent[-1]
        one = Arrival(self.clock().astimezone(SHANGHAI), int(form["chat_id"]), form["text"])
        self.sendings.append(one)
        if Hours().is_quiet(one.at):
            self.wrong.append(f"at night: {one}")
        if one.is_digest and one.day != one.at.date():
            self.wrong.append(f"not its day: {one}")
        for person in self.roster:
            if person.chat_id == one.chat:
                self.look_closer(person, one)

    def look_closer(self, person: Recipient, one: Arrival) -> None:
        role = person.role_in(PROGRAMME_CODE)
        if role is None or role.muted:
            self.wrong.append(f"muted: {one}")
        own = one.text.split("您的小组")[0].split("本周小结")[0]
        spoken_of = set(re.findall(r"\n• (\w+?)(?:开始)?(?:：|〔|\n|$)", own))
        done = {task.title for _, task in self.model.tasks(role.role if role else "")
                if (person.id, task.code) in self.done}  # fmt: skip
        if spoken_of & done:
            self.wrong.append(f"done: {spoken_of & done} {one}")
        if DAY_IN_HEAD.search(one.text) and not self.model.titles(person, one.day) >= spoken_of:
            self.wrong.append(f"not theirs: {one}")

    @rule(which=SENDERS)
    def tick(self, which: int) -> None:
        self.run(self.senders[which].tick.run(self.clock()))

    @rule(which=SENDERS, place=st.sampled_from(PLACES))
    def crash_while_ticking(self, which: int, place: str) -> None:
        self.crash_at = place
        try:
            self.tick(which)
        except Crash:
            self.uncertain += IN_FLIGHT
        self.crash_at = ""
        self.senders[which] = self.new_sender()

    @rule(trouble=st.sampled_from(TROUBLES))
    def something_is_wrong_with_the_wire(self, trouble: wire.Unkind) -> None:
        self.wire.replies.append(trouble)
        self.uncertain += 1

    @rule(minutes=st.sampled_from([1, 10, 120, 720, 1440, 2000]))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)

    @rule(minutes=st.sampled_from([-1, 1]))
    def it_is_about_midnight(self, minutes: int) -> None:
        local = self.clock().astimezone(SHANGHAI)
        midnight = local.replace(hour=0, minute=0) + timedelta(days=1, minutes=minutes)
        self.clock.advance(seconds=(midnight - local).total_seconds())

    @rule(hours=st.sampled_from([1, 10, 26]))
    def the_clock_is_put_back(self, hours: int) -> None:
        self.latest = max(self.latest, self.clock())
        self.clock.advance(hours=-hours)

    @rule(days=st.integers(-2, 9), number=TASKS)
    def a_deadline_is_moved(self, days: int, number: int) -> None:
        due = self.clock().astimezone(SHANGHAI).date() + timedelta(days=days)
        stage = self.programme.stages[0]
        tasks = [replace(t, due=due) if n == number else t for n, t in enumerate(stage.tasks)]
        stages = (replace(stage, tasks=tuple(tasks)), *self.programme.stages[1:])
        self.programme = replace(self.programme, stages=stages)

    @rule(number=TASKS, present=st.booleans())
    def the_programme_is_edited(self, number: int, *, present: bool) -> None:
        """A task is struck out, or comes back."""
        stage, first = self.programme.stages[0], PROGRAMME.stages[0]
        wanted = first.tasks[number].code
        now_there = {task.code: task for task in stage.tasks}
        tasks = tuple(
            now_there.get(task.code, task)
            for task in first.tasks
            if (present if task.code == wanted else task.code in now_there)
        )
        stages = (replace(stage, tasks=tasks), *self.programme.stages[1:])
        self.programme = replace(self.programme, stages=stages)

    @rule(person=PEOPLE, number=TASKS, done=st.booleans())
    def a_task_is_done_or_not(self, person: int, number: int, *, done: bool) -> None:
        role = next(one for one in self.roster if one.id == person).roles[0].role
        tasks = PROGRAMME.stages[0].tasks
        mine = [task for task in tasks if task.role == role] or tasks
        code, now = mine[number % len(mine)].code, self.clock()

        async def change(session: AnySession) -> None:
            mark = progress.mark_done if done else progress.undo
            await mark(session, person, PROGRAMME_CODE, code, now=now)

        self.write(change)
        (self.done.add if done else self.done.discard)((person, code))

    @rule(person=PEOPLE, role=st.sampled_from(ROLES))
    def somebody_changes_roles(self, person: int, role: str) -> None:
        group = self.cast.group if role in IN_A_GROUP else None
        self.write(
            lambda session: people.set_role(session, person, PROGRAMME_CODE, role, group_id=group)
        )

    @rule(person=PEOPLE, muted=st.booleans())
    def somebody_wants_silence(self, person: int, *, muted: bool) -> None:
        self.write(lambda session: people.set_muted(session, person, PROGRAMME_CODE, muted=muted))

    @rule(person=PEOPLE, choice=st.sampled_from("htm"))
    def somebody_snoozes(self, person: int, choice: str) -> None:
        who = next(one for one in self.roster if one.id == person)
        now = self.clock()
        self.snoozed += 1
        self.write(
            lambda session: snooze(
                session, who, Hours().day_of(now), choice, self.snoozed, now=now, hours=Hours()
            )
        )

    @invariant()
    def nothing_is_said_that_should_not_be(self) -> None:
        assert self.wrong == []

    @invariant()
    def nothing_comes_twice_without_saying_so(self) -> None:
        digests = Counter(
            (one.chat, one.day) for one in self.arrived() if one.is_digest and not one.is_marked
        )
        assert max(digests.values(), default=0) <= 1
        again = sum(AGAIN in one.text and not one.is_marked for one in self.arrived())
        assert again <= self.snoozed

    @invariant()
    def marks_are_rare(self) -> None:
        assert sum(one.is_marked for one in self.arrived()) <= self.uncertain

    def arrived(self) -> list[Arrival]:
        texts = Counter((form["chat_id"], form["text"]) for form in self.wire.arrived)
        found = []
        for one in reversed(self.sendings):  # a refused one was sent again later
            if texts[one.chat, one.text] > 0:
                texts[one.chat, one.text] -= 1
                found.append(one)
        return found

    def teardown(self) -> None:
        try:
            self.everybody_hears_what_they_should()
        finally:
            self.run(self.database.engine.dispose())
            self.loop.close()

    def everybody_hears_what_they_should(self) -> None:
        """On a day after all troubles, whatever they were."""
        self.wire.replies.clear()
        self.latest = max(self.latest, self.clock())
        noon = (self.latest.astimezone(SHANGHAI) + timedelta(days=2)).replace(hour=12, minute=0)
        self.clock.advance(seconds=(noon - self.clock()).total_seconds())
        for _ in range(2):
            self.tick(0)
            self.clock.advance(minutes=1)
            self.tick(1)
        self.nothing_is_said_that_should_not_be()
        day, model = noon.date(), self.model
        should = {p.chat_id for p in self.roster if model.hears_something(p, day)}
        if model.group_hears(self.cast.group, day):
            should.add(GROUP_CHAT)
        heard = [one.chat for one in self.arrived() if one.is_digest and one.day == day]
        assert Counter(heard) == Counter(dict.fromkeys(should, 1))


def try_orders(
    new_sqlite: NewDatabase, orders: int, *, steps: int = 30, shrink: bool = True
) -> None:
    """`make soak` tries many more."""
    phases = (Phase.explicit, Phase.reuse, Phase.generate, *((Phase.shrink,) if shrink else ()))
    run_state_machine_as_test(
        lambda: Mailing(new_sqlite()),  # type: ignore[arg-type]  # it only calls it
        settings=settings(
            max_examples=orders,
            stateful_step_count=steps,
            deadline=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_whatever_happens_in_whatever_order(new_sqlite: NewDatabase) -> None:
    try_orders(new_sqlite, 10, steps=20, shrink=False)
