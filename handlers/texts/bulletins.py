"""The sentences about bulletins."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from handlers.conversation.html import bold, plain
from knowledge.links import Link
from knowledge.programme.quotas import Count
from scheduler.texts import shortened as cut
from storage.bulletins import Bulletin, ForMe, ReadIn

LONGEST_TITLE = 60
GROUPS_NAMED = 3
NOT_YOURS = "简报由指导教师、省级专家和项目办发布。您可以发 /bulletins 看给您的简报。"
PRIVATELY = "请私聊我发简报。"
SEND_LINK = (
    "请把简报的链接发给我（最好是 https 开头的）；也可以连标题一起发，例如：\n"
    "第2期学习简报 https://…"
)
NOT_A_LINK = "没有看到链接。请发 https:// 或 http:// 开头的链接，或发 /cancel 放弃。"
STILL_WAITING = "先回答您的问题。简报还在等链接：发来就行，不发了请发 /cancel。"
NO_GROUPS = "您名下还没有研修组，简报没有地方可发。请联系项目办。"
GIVEN_UP = "好的，这期简报没有发。"
EXPIRED = "这个预览已经过期，请重新发链接。"
NOT_FOR_YOU = "这个按钮不是给您的。"
ON_NO_LIST = "您不在收这期简报的名单上，没有计入。"
ALREADY_READ = "您已经点过“已阅”了。"
WITHDRAWN = "这期简报已撤回。"
NO_BULLETINS = "最近没有给您的简报。"
NEW_TITLE = f"请发新的标题（{LONGEST_TITLE}字以内），或发 /cancel 不改。"
NEW_LINK = "请发新的链接，或发 /cancel 不改。"
TITLE_TOO_LONG = f"标题太长了，请控制在{LONGEST_TITLE}字以内。"
NOTHING_CHANGED = "没有变化。"
CHANGED = "改好了，已经发到群里的也会跟着改。"
REALLY_WITHDRAW = "撤回后，各群里的简报会改成“已撤回”，也不再计入您的期数。确定撤回吗？"
CHOOSE_GROUPS = "发给哪些组？点一下选上或去掉。"
CHOOSE = {"k": "这是哪一种简报？", "s": "这期简报属于哪个阶段？"}
NO_STAGE = "不分阶段"
ONE_GROUP_AT_LEAST = "至少选一个组。"
POSTED_ALREADY = "这期简报已经发布过了。"

CHANGE_TITLE, CHANGE_LINK = "改标题", "改链接"
WITHDRAW, PIN, UNPIN, BACK = "撤回", "置顶", "取消置顶", "返回"
GIVE_UP, ALL_GROUPS, CHOSEN = "放弃", "全选", "选好了"
READ, OPEN = "已阅", "打开"
WHO_READ = "谁看了、修改、撤回"


def suggested_title(number: int, kind: str) -> str:
    return f"第{number}期{kind}"


def kind_label(kind: str) -> str:
    return f"种类：{kind} ▸"


def stage_label(stage: str) -> str:
    return f"阶段：{stage or NO_STAGE} ▸"


def programme_label(title: str) -> str:
    return f"项目：{cut(title, 24)} ▸"


def groups_label(chosen: int, of: int) -> str:
    return f"发给：{'全部 ' if chosen == of else ''}{chosen} 个组 ▸"


def group_label(name: str, *, chosen: bool) -> str:
    return f"{'✅' if chosen else '▫️'} {name}"


def post_label(groups: int) -> str:
    return f"发布到 {groups} 个组"


def preview(
    title: str,
    kind: str,
    stage: str,
    link: Link,
    groups: Sequence[str],
    *,
    without_chat: int,
    people: int,
) -> str:
    names = "、".join(groups[:GROUPS_NAMED]) + ("等" if len(groups) > GROUPS_NAMED else "")
    lines = [
        plain("请核对，还没有发布："),
        bold(title),
        plain(" · ".join(filter(None, (kind, stage)))),
        plain(f"网站：{link.shown}"),
        plain(f"发给：{names or '还没有选'}，共 {len(groups)} 个组 {people} 位学员"),
    ]
    if without_chat:
        lines.append(plain(f"其中 {without_chat} 个组没有绑定群，组员会在每日提醒里看到。"))
    lines += [plain(f"⚠️ {warning}") for warning in link.warnings]
    return "\n".join(lines)


def posted(title: str, groups: int, quota: str) -> str:
    return plain(f"已发布《{title}》到 {groups} 个组。{quota}")


def quota(task: str, done: int, goal: Count | None) -> str:
    """已发 2/3 期, for the task that asks for them."""
    if goal is None:
        return f"计入“{task}”。"
    return f"“{task}”已发 {done}/{goal.number} {goal.unit}。"


def thanks(number: int) -> str:
    return f"已记下，谢谢！您是第 {number} 位。"


def mine(found: Sequence[ForMe], zone: tzinfo) -> str:
    lines = [bold("给您的简报")]
    for number, one in enumerate(found, start=1):
        mark = "" if one.read else "🔵 "
        lines.append(plain(f"{number}. {mark}{one.bulletin.title}{_about(one.bulletin, zone)}"))
    return "\n".join(lines)


def own(found: Sequence[Bulletin], zone: tzinfo) -> str:
    lines = [bold("您发布的简报")]
    lines += [plain(f"{n}. {one.title}{_about(one, zone)}") for n, one in enumerate(found, 1)]
    return "\n".join(lines)


def _about(bulletin: Bulletin, zone: tzinfo) -> str:
    day = bulletin.posted_at.astimezone(zone)
    return f"（{bulletin.kind}，{day.month}月{day.day}日）"


def managed(bulletin: Bulletin, readers: int, groups: Sequence[ReadIn], zone: tzinfo) -> str:
    read, people = sum(one.read for one in groups), sum(one.participants for one in groups)
    lines = [
        bold(bulletin.title),
        plain(f"{bulletin.kind} · {moment(bulletin.posted_at, zone)}发布"),
        plain(bulletin.url),
        plain(f"已阅 {readers} 人，其中学员 {read}/{people}"),
    ]
    for one in groups:
        where = "" if one.has_chat else "（没有绑定群）"
        lines.append(plain(f"• {one.group}{where}：{one.read}/{one.participants}"))
    if bulletin.pinned:
        lines.append(plain("已请求置顶；机器人要是群管理员才置得上。"))
    return "\n".join(lines)


def moment(at: datetime, zone: tzinfo) -> str:
    local = at.astimezone(zone)
    return f"{local.month}月{local.day}日{local:%H:%M}"
