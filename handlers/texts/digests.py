"""What is said over the buttons of a digest."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.texts.dates import day
from scheduler.texts import shortened as cut

LONGEST_TITLE = 20  # on a button
NOT_YOURS = "这项任务不在您的安排里了。"
DONE = "好的，记下了。"
DONE_ALREADY = "已经记过了。"
ALL_DONE = "都完成了，辛苦了！"
LATER = {"h": "1 小时后", "t": "今晚", "m": "明天"}
BACK = "返回"
TOO_LATE = "现在不能选这个时间了。"
WHICH_ONE = "哪个项目不再提醒？"
MUTED = "好的，这个项目不再提醒您。"
UNMUTED = "好的，恢复提醒。"


def snoozed(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    there = at.astimezone(zone)
    when = "" if there.date() == now.astimezone(zone).date() else f"{day(there.date())} "
    return f"好的，{when}{there:%H:%M} 再提醒您。"


def mute_label(title: str) -> str:
    return f"不再提醒：{cut(title, LONGEST_TITLE)}"


def unmute_label(title: str) -> str:
    return f"恢复提醒：{cut(title, LONGEST_TITLE)}"
