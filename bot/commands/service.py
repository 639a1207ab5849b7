"""`yanxiu run`, `yanxiu db upgrade`, `yanxiu check`: the program as a service."""

import gc
from datetime import datetime
from typing import Annotated

import typer

from bot.commands.options import moment
from bot.commands.printing import complain, say
from bot.refusal import Refused
from bot.running import run_now
from bot.settings import Settings, load_settings

LONGEST_CHECK = 10  # seconds to wait for the Bot API

database = typer.Typer(help="数据库", no_args_is_help=True)


def run(
    demo: Annotated[bool, typer.Option(help="演示：虚构的学员、小组和可以拨动的时钟")] = False,
    now: Annotated[
        datetime | None,
        typer.Option(parser=moment, metavar="ISO", help="时钟从这一刻走起", show_default=False),
    ] = None,
) -> None:
    """启动：自带的聊天页面，有 BOT_TOKEN 时也连 Telegram；并按时提醒。"""
    settings = load_settings()
    gc.disable()  # 350,000 objects come to stay: looking for garbage among them takes a second
    from bot.app import build
    from bot.logs import set_up_logging

    gc.enable()
    set_up_logging(settings.log_format, secrets_of(settings))
    if now and now.tzinfo is None:
        now = now.replace(tzinfo=settings.zone)
    if demo and settings.bot_token.get_secret_value():
        complain("演示不连 Telegram，BOT_TOKEN 这次不起作用。")
    page = demo or settings.serves_page

    def ready(address: str) -> None:
        say(f"研修助手已启动{f'，请打开 {address}/' if page else ''}")
        gc.collect()
        gc.freeze()  # or every full collection looks through all that was imported: 100 ms

    run_now(build(settings, demo=demo, now=now).run(ready))


def secrets_of(settings: Settings) -> list[str]:
    kept = (
        settings.bot_token,
        settings.webhook_secret,
        settings.secret_key,
        settings.admin_password_hash,
    )
    return [one.get_secret_value() for one in kept]


@database.command()
def upgrade() -> None:
    """把数据库建立或升级到程序需要的样子。"""
    settings = load_settings()
    from storage.database import DatabaseTrouble, make_engine
    from storage.database import upgrade as bring_up_to_date

    async def upgraded() -> None:
        engine = make_engine(settings.database_url)
        try:
            await bring_up_to_date(engine)
        finally:
            await engine.dispose()

    try:
        run_now(upgraded())
    except DatabaseTrouble as trouble:
        raise Refused(str(trouble)) from None
    say("数据库已是最新。")


def check() -> None:
    """检查设置是否可用，数据库、Redis 和 Bot API 能否连上。"""
    settings = load_settings()
    say("设置：可用")
    troubles = [
        run_now(trouble(settings)) for trouble in (database_trouble, redis_trouble, bot_trouble)
    ]
    if any(troubles):
        raise Refused("\n".join(filter(None, troubles)))


async def database_trouble(settings: Settings) -> str:
    from bot.documents_at_hand import is_missing
    from bot.opening import opened_database

    if is_missing(settings.database_url):
        say("数据库：还没有建立，yanxiu run 或 yanxiu db upgrade 会建立")
        return ""
    try:
        async with opened_database(settings.database_url):
            say("数据库：可用")
    except Refused as refusal:
        return str(refusal)
    return ""


async def redis_trouble(settings: Settings) -> str:
    if not settings.redis_url:
        return ""
    from handlers.conversation.redis_state import redis_state
    from storage.database import DatabaseTrouble

    state = redis_state(settings.redis_url)
    try:
        await state.ping()
    except DatabaseTrouble as trouble:
        return str(trouble)
    finally:
        await state.close()
    say("Redis：可用")
    return ""


async def bot_trouble(settings: Settings) -> str:
    if not settings.bot_token.get_secret_value():
        say("Bot API：没有设置 BOT_TOKEN，只用自带的聊天页面")
        return ""
    from aiogram.exceptions import AiogramError

    from bot.inbound import make_inbound_bot
    from bot.wire import telegram

    bot = make_inbound_bot(telegram(settings))
    try:
        me = await bot.get_me(request_timeout=LONGEST_CHECK)
    except AiogramError as error:
        return f"Bot API：连不上或令牌不对（{type(error).__name__}）"
    finally:
        await bot.session.close()
    say(f"Bot API：可用（@{me.username}）")
    return ""
