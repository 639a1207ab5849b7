"""The words of reminders, as Telegram HTML."""

from collections.abc import Sequence
from datetime import date
from html import escape
from itertools import groupby

from scheduler.planner import Item

LONGEST = 4096  # Telegram's limit, counted here in UTF-16 units, the strictest reading of it
LONGEST_TITLE = 120
ROOM_FOR_THE_REST = 60
POSSIBLY_DOUBLED = "（可能重复）"
WEEKDAYS = "一二三四五六日"


def digest(name: str, day: date, items: Sequence[Item], *, possibly_doubled: bool = False) -> str:
    """One message with everything in it. `items` come most urgent first."""
    head = f"<b>{safe(name)}，这是您{short(day)}的研修提醒</b>"
    if possibly_doubled:
        head += POSSIBLY_DOUBLED
    several = len({item.programme.code for item in items}) > 1
    lines = []
    for due, group in groupby(items, key=lambda item: (item.due, item.task is None)):
        lines.append(f"\n<b>{_heading(due[0], day, opens=due[1])}</b>")
        lines += [_line(item, name_programme=several) for item in group]
    return _fitting(head, lines)


def safe(text: str) -> str:
    """The one place where what others wrote is made harmless inside HTML."""
    return escape("".join(c for c in text if c.isprintable() or c == "\n"), quote=False)


def short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def in_utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _heading(due: date, day: date, *, opens: bool) -> str:
    if opens:
        return f"今天开始，到{short(due)}为止"
    weekday = f"{short(due)}，星期{WEEKDAYS[due.weekday()]}"
    left = (due - day).days
    if left <= 0:
        return f"今天截止（{weekday}）"
    if left == 1:
        return f"明天截止（{weekday}）"
    return f"还有{left}天截止（{weekday}）"


def _line(item: Item, *, name_programme: bool) -> str:
    title = f"{item.stage.name}开始" if item.task is None else item.task.title
    words = f"• {safe(_shortened(title))}"
    if item.task and item.task.amounts:
        words += f"：{safe('，'.join(amount.text for amount in item.task.amounts))}"
    if item.role not in ("", "学员"):
        words += f"〔{safe(item.role)}〕"
    if name_programme:
        words += f" <i>{safe(_shortened(item.programme.title))}</i>"
    return words


def _shortened(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def _fitting(head: str, lines: Sequence[str]) -> str:
    """As many lines as fit; a heading is not left without a line below it."""
    kept, length = [head], in_utf16(head)
    for line in lines:
        length += in_utf16(line) + 1
        if length > LONGEST - ROOM_FOR_THE_REST:
            break
        kept.append(line)
    left = sum(line.startswith("•") for line in lines) - sum(k.startswith("•") for k in kept)
    if left:
        if not kept[-1].startswith("•"):
            kept.pop()
        kept.append(f"\n还有 {left} 项，请查看全部任务。")
    return "\n".join(kept)
