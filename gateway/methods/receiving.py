"""getUpdates, the webhook's settings, answerCallbackQuery."""

import json
import re
import time
from urllib.parse import urlsplit

from gateway.calls import Call
from gateway.errors import bad_request, conflict
from gateway.exchange import Bot, Exchange, Json, Poll
from gateway.store import packed
from gateway.updates import confirm_before, drop_all, pending, pending_count, remember_allowed

LONGEST_POLL_SECONDS = 50
CALLBACK_SECONDS = 15 * 60


async def get_updates(call: Call) -> list[Json]:
    exchange, bot = call.exchange, call.bot
    if webhook_of(exchange, bot):
        raise conflict(
            "can't use getUpdates method while webhook is active;"
            " use deleteWebhook to delete the webhook first"
        )
    with exchange.store.transaction():
        remember_allowed(exchange, bot, call.strings("allowed_updates"))
        confirm_before(exchange, bot, call.integer("offset"))
    limit = min(max(call.integer("limit", 100), 1), 100)
    seconds = min(max(call.integer("timeout"), 0), LONGEST_POLL_SECONDS)
    poll = _sit_down(exchange, bot)
    deadline = time.monotonic() + seconds
    try:
        while not (found := pending(exchange, bot, limit)) and not exchange.closing:
            left = deadline - time.monotonic()
            if left <= 0:
                return []
            await exchange.updates.heard(left)
            if poll.refusal:
                raise poll.refusal
        return found
    finally:
        if exchange.polls.get(bot.id) is poll:
            del exchange.polls[bot.id]


def _sit_down(exchange: Exchange, bot: Bot) -> Poll:
    """Whoever polled before is sent away: one bot, one poller."""
    end_poll(
        exchange,
        bot,
        "terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    exchange.polls[bot.id] = Poll()
    return exchange.polls[bot.id]


def end_poll(exchange: Exchange, bot: Bot, reason: str) -> None:
    if before := exchange.polls.pop(bot.id, None):
        before.refusal = conflict(reason)
        exchange.updates.ring()


def webhook_of(exchange: Exchange, bot: Bot) -> Json | None:
    row = exchange.store.one("SELECT webhook FROM bots WHERE id = ?", bot.id)
    return json.loads(row["webhook"]) if row and row["webhook"] else None


def keep_webhook(exchange: Exchange, bot: Bot, webhook: Json | None) -> None:
    exchange.store.run(
        "UPDATE bots SET webhook = ? WHERE id = ?", webhook and packed(webhook), bot.id
    )
    exchange.updates.ring()


def set_webhook(call: Call) -> bool:
    url = call.text("url")
    if not url:
        return delete_webhook(call)
    secret = call.text("secret_token")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    _demand_address(url)
    allowed = call.strings("allowed_updates")
    remember_allowed(call.exchange, call.bot, allowed)
    if call.flag("drop_pending_updates"):
        drop_all(call.exchange, call.bot)
    connections = min(max(call.integer("max_connections", 40), 1), 100)
    webhook = {"url": url, "secret_token": secret, "max_connections": connections}
    keep_webhook(call.exchange, call.bot, webhook)
    end_poll(call.exchange, call.bot, "terminated by setWebhook request")
    return True


def _demand_address(url: str) -> None:
    """Plain http is for this machine only."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise bad_request("bad webhook: invalid URL") from error
    if not host or not url.isprintable() or parts.scheme not in ("http", "https"):
        raise bad_request("bad webhook: invalid URL")
    if parts.scheme == "http" and host not in ("localhost", "127.0.0.1", "::1"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


def delete_webhook(call: Call) -> bool:
    if call.flag("drop_pending_updates"):
        drop_all(call.exchange, call.bot)
    keep_webhook(call.exchange, call.bot, None)
    return True


def get_webhook_info(call: Call) -> Json:
    webhook = webhook_of(call.exchange, call.bot) or {}
    row = call.exchange.store.one("SELECT allowed_updates FROM bots WHERE id = ?", call.bot.id)
    info: Json = {
        "url": webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": pending_count(call.exchange, call.bot),
    }
    for name in ("max_connections", "last_error_date", "last_error_message"):
        if name in webhook:
            info[name] = webhook[name]
    if row and row["allowed_updates"]:
        info["allowed_updates"] = json.loads(row["allowed_updates"])
    return info


def answer_callback_query(call: Call) -> bool:
    text = call.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    row = call.exchange.store.one(
        "SELECT * FROM callbacks WHERE id = ? AND bot_id = ?",
        call.text("callback_query_id"),
        call.bot.id,
    )
    if row is None or row["answer"] or time.time() - row["asked_at"] > CALLBACK_SECONDS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    answer = {"text": text, "show_alert": call.flag("show_alert"), "url": call.text("url")}
    call.exchange.store.run(
        "UPDATE callbacks SET answer = ? WHERE id = ?", packed(answer), row["id"]
    )
    call.exchange.answers.ring()
    return True
