"""What is said to those who look after groups, and in the nudges they send."""

from collections.abc import Sequence
from datetime import date

from handlers.conversation.html import bold, plain
from handlers.groups.pages import GroupPage, TaskState
from handlers.texts.dates import day
from handlers.texts.tasks import over, short, stage_head
from storage.roster import Recipient

PRIVATELY = "小组进度只在私聊里给您看，请私聊我发 /group。"
NOT_FOR_YOU = "小组进度给组长、指导教师、省级专家和项目办看。您自己的任务请发 /tasks。"
NO_GROUP = "您名下还没有小组，请联系项目办。"
NOT_YOURS = "这个按钮不是给您的。"
ALL_DONE = "全部完成 ✅"
EVERYBODY_DONE = "都完成了，不用提醒 👍"
NUDGED_ALREADY = "今天都提醒过了，明天再说吧。"
NUDGED = "已提醒 {number} 人。"
MUTED = "有 {number} 人关闭了这个项目的提醒，我不打扰；需要的话请您当面说一声。"
OUT_OF_REACH = "另有 {number} 人还没和我说过话，我发不了消息，请您当面说一声。"
EXPORTED = "{name}的进度，{day}。"
EXPORT = "导出表格"
ALL_GROUPS = "各组"
BACK = "‹ 全部小组"
NAMES_SHOWN = 20


def earlier_label(number: int) -> str:
    return f"‹ 前面 {number} 个组"


def later_label(number: int) -> str:
    return f"后面 {number} 个组 ›"


def nudge_label(number: int, missing: int) -> str:
    return f"提醒 {number}（{missing}人）"


def group_progress(page: GroupPage, today: date) -> str:
    name = page.group.name if page.group else f"{len(page.care.groups)}个小组"
    lines = [bold(f"{name} · {page.members}人"), plain(short(page.care.programme.title))]
    number = 0
    for stage in page.stages:
        lines += stage_head(stage, today)
        for state in page.tasks:
            if state.stage == stage:
                number += 1
                lines.append(plain(task_line(number, state, today)))
    if not page.stages:
        lines.append(over(page.care.programme))
    return "\n".join(lines)


def task_line(number: int, state: TaskState, today: date) -> str:
    title = f"{number}. {short(state.task.title)}"
    if state.due != state.stage.ends:
        title += f"（{day(state.due)}前）"
    if not state.members:
        return f"{title}：没有这个角色的组员"
    if state.done == state.members:
        return f"{title}：{ALL_DONE}"
    if state.missing:
        return f"{title}：{len(state.missing)}人未完成：{names(state.missing)}"
    return f"{title}：完成 {state.done}/{state.members}"


def names(people: Sequence[Recipient]) -> str:
    shown = "、".join(one.name for one in people[:NAMES_SHOWN])
    return shown if len(people) <= NAMES_SHOWN else f"{shown} 等{len(people)}人"


def nudged(new: int, willing: int, muted: int, out_of_reach: int) -> str:
    """How many of them hear of it now, and why others do not."""
    said = NUDGED.format(number=new) if new else NUDGED_ALREADY if willing else ""
    said += MUTED.format(number=muted) if muted else ""
    return said + (OUT_OF_REACH.format(number=out_of_reach) if out_of_reach else "")


def file_name(name: str, today: date) -> str:
    kept = "".join(c for c in name if c.isalnum() or c in "-_（）")[:40]
    return f"{kept or ALL_GROUPS}进度-{today:%Y%m%d}"
