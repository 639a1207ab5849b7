"""The words of reminders, as Telegram HTML."""

from collections.abc import Collection, Sequence
from datetime import date
from itertools import groupby

from knowledge.programme.values import Stage, Task
from scheduler.html import LONGEST_MESSAGE, units
from scheduler.html import safe as safe  # for whoever writes texts of their own
from scheduler.items import Item

LONGEST_TITLE = 120
ROOM_FOR_THE_REST = 60
LONGEST_LABEL = 16
POSSIBLY_DOUBLED = "（可能重复）"
AGAIN = "您要我再提醒的事"
OF_THE_GROUP = "您的小组"
GROUP_HEAD = "<b>各位老师，研修提醒</b>"
GROUP_FOOT = "做完的老师请私聊我点“完成”。"
WEEKDAYS = "一二三四五六日"


def digest(
    name: str,
    day: date,
    items: Sequence[Item],
    *,
    today: date | None = None,
    done: Collection[Item] = (),
    more: Sequence[str] = (),
    again: bool = False,
    possibly_doubled: bool = False,
) -> str:
    """One message with everything in it. `items` come most urgent first; `more` are lines that are
    HTML already; `again`: they asked to hear this once more."""
    head = f"<b>{safe(name)}，{AGAIN if again else f'这是您{short(day)}的研修提醒'}</b>"
    if possibly_doubled:
        head += POSSIBLY_DOUBLED
    several = len({item.programme.code for item in items}) > 1
    lines = []
    for (due, opens), group in groupby(items, key=lambda item: (item.due, item.task is None)):
        of_this_day = list(group)
        all_done = all(item in done for item in of_this_day)
        head_of_day = _heading(
            due, of_this_day[0].stage, today or day, opens=opens, all_done=all_done
        )
        lines.append(f"\n<b>{head_of_day}</b>")
        lines += [_line(item, name_programme=several, is_done=item in done) for item in of_this_day]
    return _fitting(head, [*lines, *more])


def heading(words: str) -> str:
    return f"\n<b>{words}</b>"


def group_state(item: Item, unfinished: int, today: date) -> str:
    return f"• {_by(item.due, today)}：{safe(shortened(item.title))}，{unfinished} 人未交"


def week(stage: Stage, states: Sequence[tuple[Task, int, int]]) -> list[str]:
    """`states`: how many of how many have done each task."""
    lines = [heading(f"本周小结 · {safe(shortened(stage.name))}（到{short(stage.ends)}）")]
    return lines + [
        f"• {safe(shortened(task.title))}：{done}/{members} 人完成"
        for task, done, members in states
    ]


def group_digest(items: Sequence[tuple[Item, int]], today: date, *, possibly_doubled: bool) -> str:
    """For everybody's eyes: numbers, no names."""
    head = GROUP_HEAD + (POSSIBLY_DOUBLED if possibly_doubled else "")
    lines = [
        f"• {_by(item.due, today)}：{safe(shortened(item.title))}"
        + (f"（还有 {unfinished} 人没有登记完成）" if unfinished else "")
        for item, unfinished in items
    ]
    return _fitting(head, [*lines, GROUP_FOOT])


def nudge_label(item: Item, unfinished: int) -> str:
    return f"提醒这 {unfinished} 人：{shortened(item.title, LONGEST_LABEL)}"


def done_label(item: Item) -> str:
    return f"完成：{shortened(item.title, LONGEST_LABEL)}"


def short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def shortened(title: str, longest: int = LONGEST_TITLE) -> str:
    return title if len(title) <= longest else title[: longest - 1] + "…"


def _by(due: date, today: date) -> str:
    match (due - today).days:
        case 0:
            return "今晚截止"
        case 1:
            return "明天截止"
        case -1:
            return "昨天截止"
        case _:
            return f"{short(due)}截止"


def _heading(due: date, stage: Stage, today: date, *, opens: bool, all_done: bool) -> str:
    if opens:
        begins = "今天" if stage.starts == today else short(stage.starts)
        return f"{begins}开始，到{short(due)}为止"
    weekday = f"{short(due)}，星期{WEEKDAYS[due.weekday()]}"
    left = (due - today).days
    if left < 0:
        return f"已过截止日（{weekday}）{'' if all_done else '，还没有登记完成'}"
    if left == 0:
        return f"今天截止（{weekday}）"
    if left == 1:
        return f"明天截止（{weekday}）"
    return f"还有{left}天截止（{weekday}）"


def _line(item: Item, *, name_programme: bool, is_done: bool) -> str:
    title = f"{item.stage.name}开始" if item.task is None else item.task.title
    words = f"{'✓' if is_done else '•'} {safe(shortened(title))}"
    if is_done:
        return f"{words}（已完成）"
    if item.task and item.task.amounts:
        words += f"：{safe('，'.join(amount.text for amount in item.task.amounts))}"
    if item.role not in ("", "学员"):
        words += f"〔{safe(item.role)}〕"
    if name_programme:
        words += f" <i>{safe(shortened(item.programme.title))}</i>"
    return words


def _fitting(head: str, lines: Sequence[str]) -> str:
    """As many lines as fit; a heading is not left without a line below it."""
    kept, length = [head], units(head)
    for line in lines:
        length += units(line) + 1
        if length > LONGEST_MESSAGE - ROOM_FOR_THE_REST:
            break
        kept.append(line)
    left = sum(map(_is_point, lines)) - sum(map(_is_point, kept))
    if left:
        if len(kept) > 1 and not _is_point(kept[-1]):
            kept.pop()
        kept.append(f"\n还有 {left} 项，请查看全部任务。")
    return "\n".join(kept)


def _is_point(line: str) -> bool:
    return line.startswith(("•", "✓"))
