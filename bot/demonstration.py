"""The demonstration: its people and their study group, written into a fresh database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx
from starlette.applications import Starlette

from gateway.server import Resident, add_group
from knowledge.programme.values import Programme
from storage import groups, people, remembered
from storage.database import Sessions
from storage.roster import COORDINATOR, PAGE

FOLDER = Path("var/demo")
PROVINCE = "山东"
GROUP = "第一研修组"
GROUP_CHAT = -1_002_015_000_001
GREETED = "demo_greeted"


@dataclass(frozen=True, slots=True)
class Player:
    user_id: int
    name: str
    role: str = ""  # "": a stranger, on no roster
    in_group: bool = True

    @property
    def resident(self) -> Resident:
        return Resident(self.user_id, self.name, self.role or "陌生人")


CAST = (
    Player(7_015_000_001, "林老师", "学员"),
    Player(7_015_000_002, "陈老师", "组长"),
    Player(7_015_000_003, "何老师", "指导教师"),
    Player(7_015_000_004, "吴老师", "省级专家", in_group=False),
    Player(7_015_000_006, "赵老师", COORDINATOR, in_group=False),
    Player(7_015_000_005, "钱老师", in_group=False),
)
RESIDENTS = tuple(player.resident for player in CAST)
GROUP_MEMBERS = tuple(player.user_id for player in CAST if player.in_group)


async def enroll(sessions: Sessions, programmes: Sequence[Programme], now: datetime) -> None:
    """Once: whoever is on the roster already stays as they are."""
    programme = next(one for one in programmes if one.province == PROVINCE)
    async with sessions.begin() as session:
        if await people.person_of_account(session, PAGE, CAST[0].user_id):
            return
        group = await groups.add_group(
            session,
            GROUP,
            programme=programme.code,
            province=PROVINCE,
            surface=PAGE,
            chat_id=GROUP_CHAT,
        )
        for player in CAST:
            if player.role:
                person = await people.add_person(
                    session,
                    player.name,
                    surface=PAGE,
                    chat_id=player.user_id,
                    province=PROVINCE,
                    coordinator=player.role == COORDINATOR,
                    now=now,
                )
                if player.role == COORDINATOR:
                    continue
                in_group = group if player.in_group else None
                await people.set_role(
                    session, person, programme.code, player.role, group_id=in_group
                )


def open_group(chat: Starlette, token: str) -> None:
    add_group(chat, token=token, chat_id=GROUP_CHAT, title=GROUP, members=GROUP_MEMBERS)


async def greet(sessions: Sessions, address: str, token: str) -> None:
    """Everybody presses start, as Telegram wants it before a bot may write; once."""
    async with sessions() as session:
        if await remembered.get(session, GREETED):
            return
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=address, headers=headers, trust_env=False) as client:
        for player in CAST:
            words = {"user_id": player.user_id, "text": "/start"}
            (await client.post("/gateway/say", json=words)).raise_for_status()
    async with sessions.begin() as session:
        await remembered.put(session, GREETED, "yes")
