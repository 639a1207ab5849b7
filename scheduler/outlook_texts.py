"""How the outbox stands, in words: for the chat and for the command line."""

from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.broadcast_texts import clock
from scheduler.letters import Held
from scheduler.outlook import Outlook

KINDS = {
    "digest": "每日提醒",
    "snoozed": "稍后提醒",
    "group_digest": "小组提醒",
    "broadcast": "群发通知",
    "moved": "改期通知",
    "correction": "更正",
    "nudge": "组长提醒",
}
OTHERS = "其他消息"
STATES = {"failed": "失败", "held": "待定", "expired": "过期", "unreachable": "收不到"}
NOTHING_WAITS = "没有等着发的消息。"
LONGEST_QUOTE = 40


def lines(outlook: Outlook, now: datetime, zone: ZoneInfo) -> list[str]:
    """Plain text."""
    waiting = outlook.waiting
    found = []
    if outlook.end:
        left = waiting.due + waiting.under_way
        speed = f"每秒 {outlook.rate:.1f} 条"
        found.append(f"等着发 {left} 条，按{speed}，预计{clock(outlook.end, now, zone)}发完。")
    else:
        found.append(NOTHING_WAITS)
    if waiting.later:
        found.append(f"以后要发 {waiting.later} 条。")
    if outlook.status.possibly_doubled:
        found.append(f"可能重复 {outlook.status.possibly_doubled} 条。")
    if outlook.reasons:
        found.append("近 7 天没有送到的：")
    for one in outlook.reasons:
        why = f"（{one.reason}）" if one.reason else ""
        kind, state = KINDS.get(one.kind, OTHERS), STATES[one.state]
        found.append(f"• {kind}{state} {one.letters} 条{why}")
    if outlook.held:
        found.append("不知道是否已送到，请看一下再决定：")
    return found


def held_line(one: Held) -> str:
    quote = " ".join(one.text.split())[:LONGEST_QUOTE]
    where = "群" if (one.chat_id or 0) < 0 else "私聊"
    return f"[{one.id}] {where} {KINDS.get(one.kind, OTHERS)}：{quote}（{one.reason}）"
