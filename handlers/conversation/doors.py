"""The ways in: what a link to us looks like on each surface."""

from dataclasses import dataclass, field

from aiogram import Bot
from aiogram.exceptions import AiogramError

from storage.roster import PAGE, TELEGRAM


@dataclass(frozen=True, slots=True)
class Doors:
    """`page`: its public address, "" where there is none. `bots` by surface."""

    page: str = ""
    bots: dict[str, Bot] = field(default_factory=dict)

    async def link(self, surface: str, payload: str) -> str:
        """ "" where that surface is not served, or Telegram has not told us our name yet."""
        if surface == PAGE:
            return f"{self.page}/?start={payload}" if self.page else ""
        bot = self.bots.get(surface)
        if bot is None:
            return ""
        try:
            me = await bot.me()
        except AiogramError:
            return ""
        return f"https://t.me/{me.username}?start={payload}"

    async def elsewhere(self, surface: str) -> bool:
        """Whether somebody of this surface can go on at another."""
        return bool(await self.link(PAGE if surface == TELEGRAM else TELEGRAM, "x"))

    async def links(self, payload: str) -> dict[str, str]:
        found = {one: await self.link(one, payload) for one in (TELEGRAM, PAGE)}
        return {surface: link for surface, link in found.items() if link}
