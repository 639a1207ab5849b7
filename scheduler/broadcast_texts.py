"""The words of a broadcast and of its progress."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.letters import Button, Rows, State
from scheduler.texts import POSSIBLY_DOUBLED, safe

Counts = Mapping[State, int]

WAITING = (State.PLANNED, State.LEASED, State.SENDING)
STOP, AGAIN = "停止发送", "重发给失败的 {number} 人"
CANCELLED = "已停止，还没发出的不再发送。"


def notice(text: str, *, possibly_doubled: bool = False) -> str:
    mark = POSSIBLY_DOUBLED if possibly_doubled else ""
    return f"<b>项目办通知</b>{mark}\n{safe(text)}"


def waiting(counts: Counts) -> int:
    return sum(counts.get(state, 0) for state in WAITING)


def preparing(people: int) -> str:
    return f"正在准备发给 {people} 人…"


def progress(
    counts: Counts, end: datetime, now: datetime, zone: ZoneInfo, *, all_planned: bool
) -> str:
    total = sum(counts.values())
    more = "" if all_planned else "（名单还在准备）"
    lines = [f"<b>正在发送</b>：{total - waiting(counts)}/{total}{more}", *_ends(counts)]
    return "\n".join([*lines, f"预计{clock(end, now, zone)}发完。"])


def ended(counts: Counts, *, cancelled: bool) -> str:
    head = CANCELLED if cancelled else "<b>通知已发完</b>"
    return "\n".join([head, *_ends(counts)])


def progress_buttons(id: int) -> Rows:
    return ((Button(STOP, f"bc:stop:{id}"),),)


def report_buttons(id: int, counts: Counts) -> Rows:
    failed = counts.get(State.FAILED, 0)
    return ((Button(AGAIN.format(number=failed), f"bc:again:{id}"),),) if failed else ()


def _ends(counts: Counts) -> list[str]:
    named = (
        (State.SENT, "送达 {} 人"),
        (State.UNREACHABLE, "收不到 {} 人（没有开始会话，或屏蔽了我）"),
        (State.FAILED, "失败 {} 人"),
        (State.HELD, "多次没有回音 {} 人，发 /outbox 可以处理"),
        (State.EXPIRED, "没来得及发 {} 人"),
        (State.SUPERSEDED, "没有发 {} 人"),
    )
    return [words.format(counts[state]) for state, words in named if counts.get(state)]


def clock(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    there, here = moment.astimezone(zone), now.astimezone(zone)
    match (there.date() - here.date()).days:
        case 0:
            return f" {there:%H:%M} "
        case 1:
            return f"明天 {there:%H:%M} "
        case _:
            return f" {there.month}月{there.day}日 {there:%H:%M} "
