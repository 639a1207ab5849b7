"""Browsers that are known: each holds a secret, of which only the hash is kept."""

import hashlib
import secrets
import sqlite3
import time

from gateway.chats import add_private_chat, add_user
from gateway.errors import ApiError, bad_request
from gateway.exchange import Exchange, Json

LONGEST_NAME = 40
LINK_SECONDS = 15 * 60
FORGOTTEN_SECONDS = 400 * 24 * 3600
SEEN_EVERY_SECONDS = 3600
MOST_ARRIVALS = 120  # new people a minute: more are not people
DEVICES = (  # sign of a browser -> what its owner calls it
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("HarmonyOS", "鸿蒙手机"), ("Android", "安卓手机")),
    *(("Windows", "Windows 电脑"), ("Macintosh", "Mac 电脑"), ("Linux", "Linux 电脑")),
)


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def device_of(user_agent: str) -> str:
    name = next((name for sign, name in DEVICES if sign in user_agent), "浏览器")
    return f"{name}（微信）" if "MicroMessenger" in user_agent else name


def open_for(exchange: Exchange, user_id: int | None, device: str) -> str:
    """The secret. Nobody in particular: a browser of the demonstration."""
    secret = secrets.token_urlsafe(32)
    exchange.store.run(
        "INSERT INTO sessions (secret_hash, user_id, device, seen_at, number)"
        " VALUES (?, ?, ?, ?, (SELECT coalesce(max(number), 0) + 1 FROM sessions))",
        *(hash_of(secret), user_id, device, time.time()),
    )
    return secret


def session_of(exchange: Exchange, secret: str) -> sqlite3.Row | None:
    """The one a cookie belongs to; it is forgotten if it was not used for more than a year."""
    row = exchange.store.one("SELECT * FROM sessions WHERE secret_hash = ?", hash_of(secret))
    if row is None:
        return None
    now = time.time()
    if row["seen_at"] and now - row["seen_at"] > FORGOTTEN_SECONDS:
        exchange.store.run("DELETE FROM sessions WHERE secret_hash = ?", row["secret_hash"])
        return None
    if now - row["seen_at"] > SEEN_EVERY_SECONDS:
        exchange.store.run(
            "UPDATE sessions SET seen_at = ? WHERE secret_hash = ?", now, row["secret_hash"]
        )
    return row


def is_open(exchange: Exchange, secret_hash: str) -> bool:
    found = exchange.store.one("SELECT 1 FROM sessions WHERE secret_hash = ?", secret_hash)
    return found is not None


def devices_of(exchange: Exchange, user_id: int) -> list[sqlite3.Row]:
    return exchange.store.all(
        "SELECT * FROM sessions WHERE user_id = ? ORDER BY seen_at DESC", user_id
    )


def end(exchange: Exchange, user_id: int, *, number: int | None = None) -> int:
    """One device of a person, or all of them with every link that would let another in."""
    store = exchange.store
    with store.transaction():
        one = " AND number = ?" if number is not None else ""
        values = (user_id,) if number is None else (user_id, number)
        ended = store.all(f"DELETE FROM sessions WHERE user_id = ?{one} RETURNING number", *values)
        if number is None:
            store.run("DELETE FROM device_links WHERE user_id = ?", user_id)
    exchange.page.ring()
    return len(ended)


def end_one(exchange: Exchange, secret_hash: str) -> None:
    exchange.store.run("DELETE FROM sessions WHERE secret_hash = ?", secret_hash)
    exchange.page.ring()


def add_newcomer(exchange: Exchange, name: object) -> Json:
    """Somebody who was not here before: a user with a private chat that is not started."""
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
        raise bad_request(f"a name of 1 to {LONGEST_NAME} signs expected")
    _demand_pace(exchange)
    name = " ".join("".join(sign for sign in name if sign.isprintable()).split()) or "访客"
    user_id = 10**9 + secrets.randbelow(10**12)
    add_user(exchange.store, user_id, name)
    for bot in exchange.bots.values():
        add_private_chat(exchange.store, bot, user_id, name)
    return {"id": user_id, "name": name}


def _demand_pace(exchange: Exchange) -> None:
    now = time.monotonic()
    while exchange.arrivals and exchange.arrivals[0] < now - 60:
        exchange.arrivals.popleft()
    if len(exchange.arrivals) >= MOST_ARRIVALS:
        raise ApiError(429, "Too Many Requests: 现在来的人太多，请一分钟后再试")
    exchange.arrivals.append(now)


def make_device_link(exchange: Exchange, user_id: int) -> str:
    """The token of a link that signs one more device in, once, within a quarter of an hour."""
    token = secrets.token_urlsafe(24)
    store, now = exchange.store, time.time()
    with store.transaction():
        store.run("DELETE FROM device_links WHERE ends_at < ? OR user_id = ?", now, user_id)
        store.run(
            "INSERT INTO device_links VALUES (?, ?, ?)",
            *(hash_of(token), user_id, now + LINK_SECONDS),
        )
    return token


def owner_of_link(exchange: Exchange, token: str) -> int | None:
    row = exchange.store.one(
        "SELECT user_id FROM device_links WHERE secret_hash = ? AND ends_at >= ?",
        *(hash_of(token), time.time()),
    )
    return int(row["user_id"]) if row else None


def redeem_link(exchange: Exchange, token: str) -> int | None:
    """Whose it was; nobody else gets in with it again."""
    taken = exchange.store.all(
        "DELETE FROM device_links WHERE secret_hash = ? AND ends_at >= ? RETURNING user_id",
        *(hash_of(token), time.time()),
    )
    return int(taken[0]["user_id"]) if taken else None
