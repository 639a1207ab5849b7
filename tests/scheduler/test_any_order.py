"""Whatever happens in whatever order: nothing twice without saying so, nothing at night, and on a
quiet day everybody hears what they should."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from knowledge.programme.values import Programme
from scheduler.courier import CRASH_POINTS
from scheduler.hours import Hours
from scheduler.planner import items_for
from scheduler.texts import POSSIBLY_DOUBLED, short
from storage import people
from tests import wire
from tests.cast import PROGRAMME, PROGRAMME_CODE, Clock, enroll
from tests.databases import NewDatabase, opened
from tests.scheduler.delivering import Sender, make_sender
from tests.wire import RecordingRequest

PLACES = ("planning", "planned", *CRASH_POINTS)
ROLES = ("学员", "组长", "指导教师", "省级专家", "管理员")
TROUBLES = (wire.LOST_REPLY, wire.slow_down(20), wire.refused_connection(), wire.SERVER_ERROR)
IN_FLIGHT = 2


class Crash(BaseException):
    """The process is gone; not an Exception, so nothing of ours may catch it."""


class Mailing(RuleBasedStateMachine):
    def __init__(self, database_url: str) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.database = opened(database_url)
        self.clock = Clock()
        self.latest = self.clock()
        self.wire = RecordingRequest(on_send=self.note_the_hour)
        self.programme = PROGRAMME
        self.uncertain = self.started = 0
        self.crash_at = ""
        self.at_night: list[Any] = []
        self.cast = self.loop.run(self.enrolled())
        self.senders = [self.new_sender(), self.new_sender()]

    async def enrolled(self) -> Any:
        async with self.database.sessions.begin() as session:
            return await enroll(session, now=self.clock())

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

    def note_the_hour(self) -> None:
        if Hours().is_quiet(self.clock()):
            self.at_night.append(self.clock())

    @rule(which=st.sampled_from([0, 1]))
    def tick(self, which: int) -> None:
        self.loop.run(self.senders[which].tick.run(self.clock()))

    @rule(which=st.sampled_from([0, 1]), place=st.sampled_from(PLACES))
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

    @rule(hours=st.sampled_from([1, 10]))
    def the_clock_is_put_back(self, hours: int) -> None:
        self.latest = max(self.latest, self.clock())
        self.clock.advance(hours=-hours)

    @rule(days=st.integers(-2, 9), number=st.integers(0, 4))
    def a_deadline_is_moved(self, days: int, number: int) -> None:
        due = self.clock().date() + timedelta(days=days)
        stage = self.programme.stages[0]
        tasks = [replace(t, due=due) if n == number else t for n, t in enumerate(stage.tasks)]
        stages = (replace(stage, tasks=tuple(tasks)), *self.programme.stages[1:])
        self.programme = replace(self.programme, stages=stages)

    @rule(person=st.integers(1, 5), role=st.sampled_from(ROLES))
    def somebody_changes_roles(self, person: int, role: str) -> None:
        async def change() -> None:
            async with self.database.sessions.begin() as session:
                await people.set_role(session, person, PROGRAMME_CODE, role)

        self.loop.run(change())

    @invariant()
    def nothing_comes_twice_without_saying_so(self) -> None:
        first_copies = Counter(
            (form["chat_id"], form["text"].split("\n")[0])
            for form in self.wire.arrived
            if POSSIBLY_DOUBLED not in form["text"]
        )
        assert max(first_copies.values(), default=0) <= 1

    @invariant()
    def marks_are_rare(self) -> None:
        marked = sum(POSSIBLY_DOUBLED in form["text"] for form in self.wire.arrived)
        assert marked <= self.uncertain

    @invariant()
    def nights_are_quiet(self) -> None:
        assert self.at_night == []

    def teardown(self) -> None:
        try:
            self.everybody_hears_what_they_should()
        finally:
            self.loop.run(self.database.engine.dispose())
            self.loop.close()

    def everybody_hears_what_they_should(self) -> None:
        """On a day after all troubles, whatever they were."""
        self.wire.replies.clear()
        self.latest = max(self.latest, self.clock())
        noon = (self.latest + timedelta(days=2)).replace(hour=12, minute=0)
        self.clock.advance(seconds=(noon - self.clock()).total_seconds())
        for _ in range(2):
            self.tick(0)
            self.clock.advance(minutes=1)
            self.tick(1)
        heard = Counter(
            form["chat_id"]
            for form in self.wire.arrived
            if f"这是您{short(noon.date())}的" in form["text"]
        )
        assert heard == self.loop.run(self.should_hear(noon.date()))

    async def should_hear(self, day: date) -> Counter[int | None]:
        async with self.database.sessions() as session:
            recipients = await people.people_with_roles(session)
        return Counter(one.chat_id for one in recipients if items_for([self.programme], one, day))


def try_orders(new_sqlite: NewDatabase, orders: int) -> None:
    """`make soak` tries many more."""
    run_state_machine_as_test(
        lambda: Mailing(new_sqlite()),  # type: ignore[arg-type]  # it only calls it
        settings=settings(
            max_examples=orders,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_whatever_happens_in_whatever_order(new_sqlite: NewDatabase) -> None:
    try_orders(new_sqlite, 10)
