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


async def wires_of(settings: Settings, sessions: Sessions, own_address: str) -> list[Wire]:
    """Telegram, or what BOT_API_URL says, with a token; our own gateway unless it is off."""
    wires = [telegram(settings)] if settings.bot_token.get_secret_value() else []
    return [*wires, await _page(sessions, own_address)] if settings.serves_page else wires


async def _page(sessions: Sessions, own_address: str) -> Wire:
    async with sessions.begin() as session:
        kept = await remembered.get(session, GATEWAY_TOKEN)
        token = kept or f"{GATEWAY_BOT}:{secrets.token_urlsafe(24)}"
        await remembered.put(session, GATEWAY_TOKEN, token)
    return Wire(token, PAGE, own_address)


def public_address(settings: Settings, own_address: str) -> str:
    """As phones reach us from outside: a webhook comes to the same server."""
    page = settings.page if settings.serves_page else ""
    return page or settings.webhook_url or own_address


def page_address(settings: Settings, own_address: str) -> str:
    """Where people open the page; "" where there is none."""
    return public_address(settings, own_address) if settings.serves_page else ""
