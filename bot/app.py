"""The composition root: everything is made and joined here, started and stopped in order."""

import asyncio
import signal
import socket
from asyncio import FIRST_COMPLETED
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.fsm.storage.base import BaseStorage
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.routing import Route

from bot import demonstration
from bot.clock import Clock, DemoClock, SystemClock
from bot.correcting import keep_correcting
from bot.demo_time import DemoTime, kept_clock
from bot.desk import make_desk
from bot.documents_at_hand import folder_of
from bot.inbound import Door, identify, listen, make_inbound_bot
from bot.inbox import Inbox
from bot.intake import make_intake
from bot.outbound import EXTRAS, Outbound, make_outbound
from bot.polling import unless
from bot.refusal import Refused
from bot.secret import installation_secret
from bot.serving import address_of, bind, served
from bot.settings import Settings
from bot.shared_budget import SharedBudget
from bot.shelf import Shelf
from bot.tidying import Tidying
from bot.wire import Wire, page_address, public_address, wires_of
from gateway.server import build_gateway, hang_up
from handlers import make_dispatcher
from handlers.conversation.doors import Doors
from handlers.conversation.redis_state import redis_state
from handlers.conversation.state import DatabaseState
from scheduler.digests import DigestHabits
from scheduler.hours import Hours, QuietHours
from scheduler.jobs import Jobs
from storage.database import DatabaseTrouble, Sessions, make_engine, make_sessions, upgrade
from storage.phones import Phones
from storage.roster import PAGE, TELEGRAM
from web import webhook
from web.calendar import calendar_route, path_of
from web.site import site

log = structlog.get_logger(__name__)

HOUSEKEEPING = 5.0  # seconds between looks for imported documents
NAME = "研修助手"


def build(settings: Settings, *, demo: bool = False, now: datetime | None = None) -> "App":
    """`demo`: invented people and a clock of its own, in a folder of its own, without Telegram.
    `now`: when that clock starts."""
    if demo:
        database = f"sqlite+aiosqlite:///{demonstration.FOLDER}/yanxiu.db"
        alone = {
            "database_url": database,
            "bot_token": SecretStr(""),
            "webhook_url": "",
            "page": "",
            "redis_url": "",
        }
        settings = settings.model_copy(update=alone)
    return App(settings, demo=demo, now=now)


class App:
    """`start`, then `stop`; or `run` until a signal comes."""

    def __init__(self, settings: Settings, *, demo: bool, now: datetime | None) -> None:
        self._settings, self._demo, self._wanted = settings, demo, now
        self._hours = Hours(settings.zone, settings.remind_at, QuietHours(*settings.quiet_hours))
        self._stack = AsyncExitStack()
        self._stopping = asyncio.Event()
        self._vital: list[asyncio.Task[None]] = []  # none of them ends by itself
        self.address = ""
        self.demo_time: DemoTime | None = None

    async def run(self, ready: Callable[[str], None]) -> None:
        """`ready(address)` is called when everybody can come in."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stopping.set)
        stop = asyncio.create_task(self._stopping.wait())
        try:
            await self.start()
            ready(self.address)
            done, _ = await asyncio.wait({stop, *self._vital}, return_when=FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            stop.cancel()
            await self.stop()

    async def stop(self) -> None:
        """In reverse order: what was received is handled, what is on the wire is waited for."""
        self._stopping.set()
        await self._stack.aclose()

    async def start(self) -> None:
        try:
            await self._start()
        except DatabaseTrouble as trouble:
            raise Refused(str(trouble)) from None

    async def _start(self) -> None:
        bound = bind(self._settings.host, self._settings.port)
        self._stack.callback(bound.close)
        self.address = address_of(bound)
        sessions = await self._open_database()
        clock = await self._clock(sessions)
        shelf = Shelf(sessions, lambda: self._hours.day_of(clock.now()))
        await shelf.refresh()
        wires = await wires_of(self._settings, sessions, self.address)
        bots = {wire.surface: make_inbound_bot(wire) for wire in wires}
        for bot in bots.values():
            self._stack.push_async_callback(bot.session.close)
        outbound = self._outbound(wires, bots, sessions, shelf, clock)
        if self._demo and isinstance(clock, DemoClock):
            self.demo_time = DemoTime(clock, sessions, outbound.jobs, self._hours, shelf)
            await demonstration.enroll(sessions, shelf.library.programmes, clock.now())
        dispatcher = self._dispatcher(await self._state(sessions, clock), bots)
        dispatcher["desk"] = make_desk(self._settings, shelf)
        dispatcher["intake"] = make_intake(self._settings, shelf)
        inbox = Inbox(
            dispatcher,
            sessions,
            shelf,
            clock.now,
            self._settings.zone,
            surfaces={bot.id: surface for surface, bot in bots.items()},
            soon=outbound.jobs.soon,
        )
        feed = calendar_route(sessions, shelf.programmes, clock.now, self._settings.timezone)
        page = next((wire for wire in wires if wire.surface == PAGE), None)
        handle = partial(inbox.handle, bots[TELEGRAM]) if TELEGRAM in bots else None
        await self._serve(bound, page, clock, handle, feed)
        if self._demo and page:
            await demonstration.greet(sessions, self.address, page.token)
        self._watch(self._keep_house(shelf, outbound.jobs, Tidying(sessions, clock.now)))
        correcting = shelf, sessions, clock.now, outbound.jobs.soon, self._stopping
        self._watch(keep_correcting(*correcting))
        self._stack.push_async_callback(outbound.stop)
        await self._open_doors(bots, inbox, dispatcher.resolve_used_update_types())
        outbound.jobs.start()

    def _outbound(
        self,
        wires: Sequence[Wire],
        bots: Mapping[str, Bot],
        sessions: Sessions,
        shelf: Shelf,
        clock: Clock,
    ) -> Outbound:
        """What we write to others shares its pace with our replies, surface by surface."""
        outbound = make_outbound(
            wires,
            sessions=sessions,
            shelf=shelf,
            hours=self._hours,
            clock=clock.now,
            patience=timedelta(hours=self._settings.escalate_after),
            monotonic=clock.monotonic,  # the morning after, every chat may be written to at once
        )
        for surface, bot in bots.items():
            bot.session.middleware(SharedBudget(outbound.pacers[surface]))
        return outbound

    async def _open_doors(self, bots: Mapping[str, Bot], inbox: Inbox, updates: list[str]) -> None:
        for surface, bot in bots.items():
            await identify(bot)
            door = self._door(surface, updates)
            self._watch(listen(bot, inbox.handle, door, self._stopping))

    async def _state(self, sessions: Sessions, clock: Clock) -> BaseStorage:
        """Where conversations are kept."""
        if not self._settings.redis_url:
            return DatabaseState(sessions, clock.now)
        state = redis_state(self._settings.redis_url)
        self._stack.push_async_callback(state.close)
        await state.ping()
        return state

    def _dispatcher(self, state: BaseStorage, bots: dict[str, Bot]) -> Dispatcher:
        """With what handlers ask for that stays the same."""
        dispatcher = make_dispatcher(state)
        dispatcher["calendar_url"] = self._calendar_url
        dispatcher["habits"] = DigestHabits(self._hours, EXTRAS)
        dispatcher["doors"] = Doors(page_address(self._settings, self.address), bots)
        dispatcher["phones"] = Phones(installation_secret(self._settings))
        return dispatcher

    async def _open_database(self) -> Sessions:
        engine = make_engine(self._settings.database_url)
        self._stack.push_async_callback(engine.dispose)
        await upgrade(engine)
        return make_sessions(engine)

    async def _clock(self, sessions: Sessions) -> Clock:
        if self._demo:
            return await kept_clock(sessions, self._wanted)
        return DemoClock(self._wanted) if self._wanted else SystemClock()

    async def _serve(
        self,
        bound: socket.socket,
        page: Wire | None,
        clock: Clock,
        handle: webhook.Handle | None,
        calendar: Route,
    ) -> None:
        """`page`: the wire of the page, where it is served; `handle`: what Telegram brings."""
        route = None
        if self._settings.webhook_url and handle:
            route = webhook.webhook_route(handle, self._settings.webhook_secret.get_secret_value())
        chat = self._chat(page, clock) if page else None
        before_stop = partial(hang_up, chat) if chat else lambda: None
        serving = served(site(webhook=route, calendar=calendar, chat=chat), bound, before_stop)
        self._vital.append(await self._stack.enter_async_context(serving))

    def _chat(self, wire: Wire, clock: Clock) -> Starlette:
        """The gateway with its page: Telegram for whoever has none."""
        chat = build_gateway(
            database=folder_of(self._settings.database_url) / "gateway.db",
            token=wire.token,
            bot_name=NAME,
            now=clock.now,
            residents=demonstration.RESIDENTS if self._demo else (),
            controls=self.demo_time.controls if self.demo_time else (),
            page_title=NAME,
            zone=self._settings.timezone,
        )
        if self._demo:
            demonstration.open_group(chat, wire.token)
        return chat

    def _calendar_url(self, token: str) -> str:
        """As phones reach us from outside."""
        return public_address(self._settings, self.address) + path_of(token)

    def _door(self, surface: str, updates: list[str]) -> Door:
        """Telegram may bring its updates; the page's are fetched, they come from this process."""
        if surface != TELEGRAM or not self._settings.webhook_url:
            return Door(updates)
        secret = self._settings.webhook_secret.get_secret_value()
        return Door(updates, self._settings.webhook_url + webhook.PATH, secret)

    def _watch(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._vital.append(task)
        self._stack.push_async_callback(asyncio.wait, [task])

    async def _keep_house(self, shelf: Shelf, jobs: Jobs, tidy: Tidying) -> None:
        """Looks for imported documents, keeps the demo clock; the first tick comes at once."""
        something_new = True
        while not self._stopping.is_set():
            try:
                if something_new:
                    await jobs.plan()
                if self.demo_time:
                    await self.demo_time.keep()
                await tidy()
                await unless(self._stopping, asyncio.sleep(HOUSEKEEPING))
                something_new = await shelf.refresh()
            except DatabaseTrouble as trouble:
                log.warning("database out of reach", reason=str(trouble))
                await unless(self._stopping, asyncio.sleep(HOUSEKEEPING))
