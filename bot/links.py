"""What invitations look like outside: their links, made without the program running."""

from dataclasses import dataclass

from aiogram.exceptions import AiogramError

from bot.inbound import make_inbound_bot
from bot.settings import Settings
from bot.wire import page_address, telegram

LONGEST_WAIT = 10  # seconds for Telegram to tell our name


@dataclass(frozen=True, slots=True)
class Entrances:
    """`telegram`: the bot's name, "" without one; `unknown`: there is a bot, out of reach."""

    page: str
    telegram: str = ""
    unknown: bool = False

    def links(self, token: str) -> list[tuple[str, str]]:
        """Of (where, link)."""
        found = []
        if self.telegram:
            found.append(("Telegram", f"https://t.me/{self.telegram}?start={token}"))
        if self.page:
            found.append(("网页", f"{self.page}/?start={token}"))
        return found


async def entrances(settings: Settings) -> Entrances:
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    own = f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"
    page = page_address(settings, own)
    if not settings.bot_token.get_secret_value():
        return Entrances(page)
    bot = make_inbound_bot(telegram(settings))
    try:
        me = await bot.get_me(request_timeout=LONGEST_WAIT)
    except AiogramError:
        return Entrances(page, unknown=True)
    finally:
        await bot.session.close()
    return Entrances(page, me.username or "")


def is_local(address: str) -> bool:
    """Opens on this machine only."""
    return any(f"//{host}" in address for host in ("127.", "localhost", "[::1]"))
