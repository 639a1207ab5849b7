"""Every command for everybody: who is served, who is told that it is not for them."""

from handlers import texts
from handlers.texts import (
    broadcasts,
    bulletins,
    calendar,
    group,
    joining,
    outgoing,
    proposals,
    settings,
    tasks,
)
from handlers.texts.audiences import audiences_of
from storage import people
from storage.roster import TELEGRAM
from tests.cast import (
    CHEN_CHAT,
    GROUP_CHAT,
    HE_CHAT,
    LIN_CHAT,
    MORNING,
    QIAN_CHAT,
    WU_CHAT,
    ZHAO_CHAT,
    Clock,
)
from tests.databases import Database
from tests.handlers.world import SUN_CHAT, ZHENG_CHAT, World, difference, lived_in

EVERYBODY = LIN_CHAT, CHEN_CHAT, SUN_CHAT, HE_CHAT, WU_CHAT, ZHAO_CHAT, QIAN_CHAT, ZHENG_CHAT
MEMBERS = {LIN_CHAT, CHEN_CHAT, SUN_CHAT, HE_CHAT, WU_CHAT, ZHAO_CHAT}  # 郑 left, 钱 never came
LEADERS, OFFICE = {CHEN_CHAT, SUN_CHAT}, {ZHAO_CHAT}
CARING = LEADERS | {HE_CHAT, WU_CHAT} | OFFICE
SERVED = {  # command: who, and the line that everybody else reads
    "tasks": (MEMBERS, tasks.NO_ROLE),
    "deadlines": (MEMBERS, tasks.NO_ROLE),
    "calendar": (MEMBERS, calendar.NO_ROLE),
    "group": (CARING, group.NOT_FOR_YOU),
    "bulletin": ({HE_CHAT, WU_CHAT} | OFFICE, bulletins.NOT_YOURS),
    "broadcast": (OFFICE, broadcasts.NOT_YOU),
    "proposals": (OFFICE, proposals.COORDINATORS_ONLY),
    "gaps": (OFFICE, proposals.COORDINATORS_ONLY),
    "explain": (OFFICE, proposals.COORDINATORS_ONLY),
    "notices": (OFFICE, proposals.COORDINATORS_ONLY),
    "outbox": (OFFICE, outgoing.NOT_YOU),
    "invite": (LEADERS | OFFICE, joining.INVITE_NOT_YOURS),
    "settings": (MEMBERS, settings.STRANGER),
}


async def test_who_may_use_which_command_and_where(sqlite: Database, clock: Clock) -> None:
    world = await lived_in(sqlite, clock)
    await in_ones_own_chat(world)
    await in_front_of_others(world)
    world.close()

    assert clock.now == MORNING


async def in_ones_own_chat(world: World) -> None:
    """And the menu offers nobody what is refused, and everybody what is not."""
    async with world.house.sessions() as session:
        found = {one: await people.person_of_account(session, TELEGRAM, one) for one in EVERYBODY}
    for user, person in found.items():
        offered = set(texts.commands_for(audiences_of(person)))
        for command, (whose, refusal) in SERVED.items():
            assert (command in offered) == (user in whose), (command, user)
            [first, *_] = await world.house.say(user, f"/{command}") or ["a picture"]
            assert (first == refusal) == (user not in whose), (command, user, first)
        await world.house.say(user, "/cancel")


async def in_front_of_others(world: World) -> None:
    """In a group: pointed to the private chat, and nothing is written down."""
    before = world.dump()
    secret = "提醒", "读书笔记", "证件", "邀请学员", "start=", ".ics", "东山一组："
    for command in sorted(set(texts.COMMANDS) - {"ask", "help", "start", "bind", "unbind"}):
        for user in (LIN_CHAT, CHEN_CHAT, ZHAO_CHAT, QIAN_CHAT):
            said = "\n".join(await world.house.say(user, f"/{command}", chat=GROUP_CHAT - 3))
            assert not [word for word in secret if word in said], (command, user, said)
    touched = {table for table, _ in difference(before, world.dump())}
    assert touched <= {"conversation"}
