"""A day in the life of everybody: something of each kind, and the buttons that lead to it."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from handlers.coordinators.intake import Intake, Look
from knowledge.documents import Document
from knowledge.programme.values import Amount, Task
from scheduler import outbox, outbox_upkeep
from scheduler.letters import LEASE, NewLetter
from scheduler.short_names import short_name
from storage import groups, invitations, people
from storage.phones import Phones
from storage.roster import EXPERT, LEADER, PARTICIPANT
from tests.cast import (
    CHEN_CHAT,
    GROUP_CHAT,
    LIN_CHAT,
    MORNING,
    PROGRAMME,
    PROGRAMME_CODE,
    WU_CHAT,
    ZHAO_CHAT,
    Cast,
    Clock,
    enroll,
)
from tests.databases import Database
from tests.house import House

SUN_CHAT, ZHOU_CHAT, ZHENG_CHAT, FENG_CHAT = (7_000_000_000 + n for n in (21, 22, 23, 24))
OTHERS = {  # name, role in the second group; 郑 left; 冯 waits at the door
    SUN_CHAT: ("孙立", LEADER),
    ZHOU_CHAT: ("周未", PARTICIPANT),
    ZHENG_CHAT: ("郑平", LEADER),
}
QUESTION, ANSWER = "集中研修报到要带什么证件", "带身份证和介绍信。"
BULLETINS = Task(
    code="expert-bulletins",
    role=EXPERT,
    position=2,
    title="学习引领",
    detail="编《课程简报》，至少3期。",
    amounts=(Amount(3, "期", "至少3期", "至少"),),
)
Dump = dict[str, frozenset[tuple[Any, ...]]]


def document() -> Document:
    first, *rest = PROGRAMME.stages
    stages = (replace(first, tasks=(*first.tasks, BULLETINS)), *rest)
    return Document("安排.md", programmes=(replace(PROGRAMME, stages=stages),))


@dataclass
class World:
    house: House
    file: str  # of the database
    cast: Cast
    ids: dict[int, int] = field(default_factory=dict)  # chat of each -> id on the roster
    buttons: list[str] = field(default_factory=list)
    before: Dump = field(default_factory=dict)
    _version: sqlite3.Connection | None = None

    def changed(self) -> bool:
        """Whether anybody wrote anything since the last time."""
        if self._version is None:
            self._version = sqlite3.connect(self.file)
            self._seen = 0
        [now] = self._version.execute("PRAGMA data_version").fetchone()
        before, self._seen = self._seen, now
        return bool(now != before)

    def dump(self) -> Dump:
        with sqlite3.connect(self.file) as file:
            named = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            named += [("coordinators",)]
            file.execute("CREATE TEMP VIEW coordinators AS SELECT id FROM person WHERE coordinator")
            return {
                name: frozenset(file.execute(f"SELECT * FROM {name}").fetchall())
                for (name,) in named
            }

    def close(self) -> None:
        if self._version:
            self._version.close()


def difference(before: Dump, after: Dump) -> list[tuple[str, tuple[Any, ...]]]:
    return [(name, row) for name in after for row in after[name] ^ before.get(name, frozenset())]


async def nobody_looks(*_: object) -> Look:
    raise AssertionError("a file was read for somebody who may not")


async def nobody_takes(*_: object) -> str:
    raise AssertionError("a file was taken from somebody who may not")


async def lived_in(database: Database, clock: Clock) -> World:
    house = House(database.sessions, clock)
    house.dispatcher["calendar_url"] = "https://yanxiu.example/{}.ics".format
    house.dispatcher["intake"] = Intake(nobody_looks, nobody_takes)
    house.dispatcher["phones"] = Phones("a secret of these tests")
    await house.knows(document())
    async with house.sessions.begin() as session:
        cast = await enroll(session, now=clock.now)
        second = await groups.add_group(
            session, "东山二组", programme=PROGRAMME_CODE, province="云南"
        )
        ids = {LIN_CHAT: cast.lin, CHEN_CHAT: cast.chen, WU_CHAT: cast.wu, ZHAO_CHAT: cast.zhao}
        for chat, (name, role) in OTHERS.items():
            ids[chat] = await people.add_person(session, name, chat_id=chat, now=MORNING)
            await people.set_role(session, ids[chat], PROGRAMME_CODE, role, group_id=second)
        await people.deactivate(session, ids[ZHENG_CHAT])
    world = World(house, database.url.removeprefix("sqlite+aiosqlite:///"), cast, ids)
    for part in (question, answered_one, bulletin, broadcast, held_post, at_the_door, own_pages):
        await part(house)
    world.buttons = sorted({*offered(house), *by_hand()})
    return world


async def question(house: House) -> None:
    """林 asks, 陈 answers; whether it helped is open, and so is the proposal."""
    await house.say(LIN_CHAT, QUESTION)
    await house.press(LIN_CHAT, "问专家")
    await house.deliver()
    await house.reply_to_letter(CHEN_CHAT, ANSWER)
    await house.deliver()
    await house.say(ZHAO_CHAT, "/proposals")
    await house.say(ZHAO_CHAT, "/gaps")


async def answered_one(house: House) -> None:
    """Another waits with 陈; one that is known was answered with buttons below."""
    await house.say(LIN_CHAT, "食堂晚上几点关门")
    await house.press(LIN_CHAT, "问专家")
    await house.deliver()
    await house.say(CHEN_CHAT, "/queue")
    await house.say(LIN_CHAT, "读书笔记要写多少字")
    await house.say(LIN_CHAT, f"@yanxiu_bot {QUESTION}吗", chat=GROUP_CHAT)


async def bulletin(house: House) -> None:
    for number in (1, 2):
        await house.say(WU_CHAT, f"第{number}期 https://mp.weixin.qq.com/s/{number}")
        if number == 1:
            await house.press(WU_CHAT, "发布到")
    await house.say(WU_CHAT, "/bulletins")


async def broadcast(house: House) -> None:
    """One is on its way, one is only a draft."""
    for words, send in (("明天停电", True), ("后天来电", False)):
        await house.say(ZHAO_CHAT, "/broadcast")
        await house.say(ZHAO_CHAT, words)
        for data in ("bc:p:all", "bc:r:all", "bc:l:all"):
            await house.press_data(ZHAO_CHAT, data)
        if send:
            await house.press_data(ZHAO_CHAT, "bc:go:1")


async def held_post(house: House) -> None:
    """Whether it arrived is not known; a coordinator decides."""
    letter = NewLetter(
        key="held",
        kind="note",
        chat_id=GROUP_CHAT,
        not_before=MORNING,
        expires_at=MORNING + 10 * LEASE,
        data={"html": "…"},
        priority=1,
    )
    async with house.sessions.begin() as session:
        await outbox.add(session, [letter], now=MORNING)
        [claimed] = await outbox.claim(session, "dead", now=MORNING, limit=1)
        await outbox.begin_sending(session, claimed, "…", now=MORNING)
    async with house.sessions.begin() as session:
        await outbox_upkeep.recover(session, now=MORNING + 2 * LEASE)


async def at_the_door(house: House) -> None:
    """冯 was invited as a leader and waits for a word; 陈 made a link for her group."""
    async with house.sessions.begin() as session:
        token = await invitations.make(
            session, role=LEADER, programme=PROGRAMME_CODE, group_id=1, now=MORNING
        )
    await house.say(FENG_CHAT, f"/start {token}")
    await house.say(FENG_CHAT, "冯远")
    await house.say(CHEN_CHAT, "/invite")
    await house.say(ZHAO_CHAT, "/invite")


async def own_pages(house: House) -> None:
    for chat, commands in {
        LIN_CHAT: ("/tasks", "/deadlines", "/settings", "/calendar", "/leave", "/forget_me"),
        CHEN_CHAT: ("/group", "/tasks", "/queue"),
        WU_CHAT: ("/tasks", "/queue", "/group"),
        ZHAO_CHAT: ("/outbox", "/group", "/gaps"),
    }.items():
        for command in commands:
            await house.say(chat, command)
    await house.say(ZHAO_CHAT, "/bind", chat=GROUP_CHAT - 1)


def offered(house: House) -> Iterable[str]:
    """Every button that anybody was shown."""
    for received in house.inbox.values():
        for one in received:
            yield from (data for _, data in one.buttons if data)


def by_hand() -> Iterable[str]:
    """Those of pages that open behind a press, of letters and of pictures."""
    task = short_name(PROGRAMME_CODE, "学员-读书笔记")
    code = short_name(PROGRAMME_CODE)
    plain = {
        "jn": "y:1 n:1 x:1 x:2 r:1 r:4 g:0:1 g:1:1 g:0:2 p:2:0123456789",
        "gr": f"g:1:now a:{code}:now n:1:{task} nudge:{task} x:{code}:1 x:{code}:0",
        "bl": "m:1 mt:1 ml:1 w:1 w2:1 pin:1 unpin:1 r:1",
        "bc": "go:2 no:2 stop:1 again:1 p:all r:all l:all l:1",
        "qa": "a:1 a:2 n:1 n:2 q:0 ok:1 no:1 u:1 d:1 r:1:0 b:1 c:1 e:1 e:1:new e:1:p0 j:1:1"
        " pn:0 py:1 pm:1 pt:1:0123456789 px:1 pr:1:0 pe:1 pf:1:0 pc:1 l:0 lu:1 lr:1"
        " g:0 gn:1:0 gi:1 ga:1",
        "dg": f"done:20150917:{task} later:20150917 in:h:20150917 back:20150917 mute:20150917"
        f" off:{code}:20150917 on:{code}:20150917",
        "st": "h q s h:0700 q:21000700 s:hant",
        "fi": "n:01234567 r:01234567 no:01234567",
        "ob": "r:1 d:1 r:2 d:2",
        "nt": "l:0 w:1 y:1 no",
        "gb": "1 2",
        "lv": "no forget export",
        "cl": "new end",
        "tk": f"d:{task}:now u:{task}:now c:{task}:now:0:1 s:{code}:0 now",
        "pick": "0123abcd:0",
    }
    for prefix, several in plain.items():
        yield from (f"{prefix}:{one}" for one in several.split())


Spoil = Callable[[str, Any], str]


def forged(data: str, dice: Any) -> str:
    """A button as nobody offered it: other ids, other words, more or less of them."""
    parts = data.split(":")
    at = dice.randrange(len(parts))
    others = [
        *("0", "1", "2", "3", "7", "-1", "999999999", "9" * 30, "１", "²", "0x1", "1e3", ""),
        *("all", "now", "*", "%", "' OR 1=1--", "null", "\u202e1", "20159999", "a" * 40),
    ]
    match dice.randrange(4):
        case 0:
            parts[at] = dice.choice(others)
        case 1:
            parts.insert(at, dice.choice(others))
        case 2:
            parts[-1] = dice.choice(others)
        case _:
            parts = [dice.choice(["qa", "jn", "bl", "bc", "gr", "ob", "gb"]), *parts[1:]]
    return ":".join(parts)[:64]
