"""What coordinators read of the notices that are in use."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from handlers.conversation.html import bold, plain
from knowledge.documents import Document
from scheduler.texts import shortened
from storage.documents import Kept

PAGE = 8
NONE = "还没有导入过通知。把文件（Word、PDF、Excel）发给我，就可以导入。"
HOW = "点号码可以撤下。要换新版，直接把新文件发给我。"
GONE = "这份通知已经撤下了。"
KEPT = "好的，没有撤下。"
YES, NO = "确定撤下", "不撤了"
LONGEST_TITLE = 60


def more(left: int) -> str:
    return f"还有 {left} 份"


def name_of(document: Document) -> str:
    """As people call it: by its title rather than by its file."""
    titles = [one.title for one in document.notices]
    titles += [one.title for one in document.programmes]
    return shortened(next(filter(None, titles), document.name), LONGEST_TITLE)


def in_use(shown: Sequence[Kept], total: int, first: int, zone: ZoneInfo) -> str:
    lines = [bold(f"正在使用的通知 {total} 份")]
    for number, one in enumerate(shown, start=first):
        day = one.imported_at.astimezone(zone)
        tasks = "，有任务安排" if one.document.programmes else ""
        lines.append(plain(f"{number}. {name_of(one.document)}"))
        lines.append(plain(f"    {day.month}月{day.day}日导入{tasks}"))
    return "\n".join([*lines, plain(HOW)])


def really(one: Kept) -> str:
    lines = [f"撤下《{name_of(one.document)}》？不再用它回答；看过相关答复的老师会收到更正。"]
    if one.document.programmes:
        lines.append("⚠️ 里面有任务安排：撤下后，老师们的任务和提醒也没有了。")
    lines.append("如果它代替过旧的通知，旧的会重新生效。")
    return plain("\n".join(lines))


def withdrawn(one: Kept) -> str:
    return plain(f"已撤下《{name_of(one.document)}》。")
