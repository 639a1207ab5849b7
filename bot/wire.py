"""Where the Bot API is reached, the same for both libraries."""

import secrets
from dataclasses import dataclass, field

from bot.settings import Settings
from storage import remembered
from storage.database import Sessions
from storage.roster import PAGE, TELEGRAM

GATEWAY_BOT = 1000
GATEWAY_TOKEN = "gateway_token"


@dataclass(frozen=True, slots=True)
class Wire:
    token: str = field(repr=False)
    surface: str
    base_url: str = ""  # "": Telegram
    proxy: str = ""


def telegram(settings: Settings) -> Wire:
    token = settings.bot_token.get_secret_value()
    return Wire(token, TELEGRAM, settings.bot_api_url, settings.bot_proxy)


async def wire_of(settings: Settings, sessions: Sessions, own_address: str) -> Wire:
    """Telegram, or what BOT_API_URL says, with a token; our own gateway without one."""
    if settings.bot_token.get_secret_value():
        return telegram(settings)
    async with sessions.begin() as session:
        kept = await remembered.get(session, GATEWAY_TOKEN)
        token = kept or f"{GATEWAY_BOT}:{secrets.token_urlsafe(24)}"
        await remembered.put(session, GATEWAY_TOKEN, token)
    return Wire(token, PAGE, own_address)
