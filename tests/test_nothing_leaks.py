"""What the program logs over a whole story names nobody, quotes nobody, gives nothing away."""

import logging
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import structlog
from aiogram import Bot

from bot.app import App
from bot.inbox import Inbox
from bot.logs import set_up_logging
from bot.secret import installation_secret
from bot.settings import load_settings
from knowledge.answering.library import Library
from storage import invitations, people
from storage.models import Person
from storage.phones import Phones
from storage.roster import PARTICIPANT, TELEGRAM
from tests.cast import LIN_CHAT, SHANGHAI, Clock, enroll
from tests.databases import Database, opened
from tests.demonstrating import demonstrated
from tests.handlers.wire import RecordingSession, text_message
from tests.house import House
from tests.phone import Phone

NUMBER, QUESTION, NAME = "13800005678", "宿舍楼的热水几点停", "欧阳未晞"
TOKEN = "4242:AAbbccddeeff-ggHH_iijjkkllmmnnooppq"
ANSWER, TO_ALL = "晚上十一点停热水", "后天全县停电请提前下载材料"


@dataclass
class Logged:
    """Everything that both forms of the log say, and standard output and error."""

    kept: StringIO = field(default_factory=StringIO)

    def demand_silence_about(self, *secrets: str) -> None:
        text = self.kept.getvalue()
        assert [one for one in secrets if one in text] == []


@pytest.fixture
def logged() -> Iterator[Logged]:
    """json and console side by side, down to DEBUG for ours."""
    root, made, before = logging.getLogger(), Logged(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    real, sys.stderr = sys.stderr, made.kept
    set_up_logging("console")
    [console] = root.handlers
    set_up_logging("json")
    root.addHandler(console)
    yield made
    sys.stderr = real
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**before)


@pytest.fixture
async def app(
    logged: Logged, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> AsyncIterator[App]:
    async with demonstrated(tmp_path, monkeypatch) as app:
        yield app


async def invited(folder: Path) -> str:
    """Somebody on the roster with a number, and a link for a class."""
    database = opened(f"sqlite+aiosqlite:///{folder}/var/demo/yanxiu.db")
    settings = load_settings(None)
    url = {"database_url": "sqlite+aiosqlite:///var/demo/yanxiu.db"}
    phones = Phones(installation_secret(settings.model_copy(update=url)))
    async with database.sessions.begin() as session:
        now = Clock()()
        lin = await people.person_of_account(session, "page", 7_015_000_001)
        assert lin
        programme = lin.roles[0].programme
        person = await people.add_person(session, NAME, now=now)
        await people.set_role(session, person, programme, PARTICIPANT, group_id=1)
        row = await session.get(Person, person)
        assert row
        row.phone_hash = phones.hashed(NUMBER)
        link = await invitations.make(
            session, role=PARTICIPANT, programme=programme, group_id=1, now=now
        )
    await database.engine.dispose()
    return link


async def test_a_whole_story_leaves_nothing_in_the_log(
    app: App, logged: Logged, tmp_path: Path
) -> None:
    link = await invited(tmp_path)
    async with Phone(app.address) as phone:
        await phone.say("钱老师", f"/start {link}")
        await phone.hears("钱老师", "您的姓名")
        await phone.say("钱老师", NAME)
        await phone.hears("钱老师", "手机号")
        await phone.say("钱老师", NUMBER)
        await phone.hears("钱老师", "欢迎加入")
        await phone.say("林老师", QUESTION)
        unknown = await phone.hears("林老师", "没有查到")
        await phone.press("林老师", unknown)
        await phone.hears("陈老师", QUESTION)
        await phone.say("陈老师", "/queue")
        waiting = await phone.hears("陈老师", QUESTION)
        await phone.press("陈老师", waiting)
        await phone.hears("陈老师", "答复")
        await phone.say("陈老师", ANSWER)
        await phone.hears("林老师", ANSWER)
        await phone.say("林老师", "/calendar")
        address = await phone.hears("林老师", ".ics")
        secret = address["text"].split(".ics")[0].rpartition("/")[2]
        await phone._http.get(f"/calendar/{secret}.ics")
        await phone.say("赵老师", "/broadcast")
        await phone.hears("赵老师", "通知")
        await phone.say("赵老师", TO_ALL)

    secrets = link, NUMBER, NAME, QUESTION, ANSWER, TO_ALL, secret
    logged.demand_silence_about(*secrets, "林老师", "陈老师", "热水")
    assert "bot ready" in logged.kept.getvalue()


class Broken(Library):
    """Fails as a library would: with what it was given in the message."""

    def __init__(self) -> None:
        super().__init__(())

    def ask(self, question: str, *_: Any, **__: Any) -> Any:
        raise RuntimeError(f"{NAME} {NUMBER} asked {question} with {TOKEN}")


def odd_updates() -> list[dict[str, Any]]:
    said = text_message(1, LIN_CHAT, LIN_CHAT, QUESTION)
    return [
        {"update_id": 1, "message": said | {"date": QUESTION}},
        {"update_id": 2, "message": said | {"chat": NAME}},
        {"update_id": 3, "edited_nothing": said},
        {"update_id": 4, QUESTION: NAME},
        {"update_id": 5, "message": said | {"from": {"id": 2**70, "first_name": NAME}}},
        {"update_id": 6, "message": said},
    ]


async def take_in(
    house: House, sqlite: Database, clock: Clock, updates: list[dict[str, Any]]
) -> None:
    bot = Bot(TOKEN, session=RecordingSession())
    inbox = Inbox(
        house.dispatcher,
        sqlite.sessions,
        house.shelf,
        clock,
        SHANGHAI,
        surfaces={bot.id: TELEGRAM},
        soon=lambda: None,
    )
    for update in updates:
        await inbox.handle(bot, update)


async def test_neither_do_errors(sqlite: Database, clock: Clock, logged: Logged) -> None:
    async with sqlite.sessions.begin() as session:
        await enroll(session, now=clock.now)
        await people.add_person(session, NAME, chat_id=9, now=clock.now)
    house = House(sqlite.sessions, clock)
    house.shelf._library = Broken()
    [apology] = await house.say(LIN_CHAT, QUESTION)
    assert "抱歉" in apology

    await take_in(house, sqlite, clock, odd_updates())
    logging.getLogger("aiogram.event").error("Update %s", QUESTION)
    try:
        async with sqlite.sessions.begin() as session:
            session.add(Person(id=1, name=NAME))
    except Exception:
        structlog.get_logger("storage").exception("not saved")

    text = logged.kept.getvalue()
    assert text.count("update failed") == 4
    assert text.count("update not understood") == 10
    assert "not saved" in text
    logged.demand_silence_about(QUESTION, NAME, NUMBER, TOKEN, "热水")
