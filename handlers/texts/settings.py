"""What /settings says and asks."""

from collections.abc import Sequence
from datetime import time

from handlers.conversation.html import bold, plain

TITLE = "您的设置"
HOUR = "提醒时间：{hour}"
QUIET = "免打扰：{span}"
SCRIPT = "文字：{script}"
SCRIPTS = {"": "跟提问一样", "hans": "简体", "hant": "繁體"}
MUTED = "《{title}》：不提醒"
HEARD = "《{title}》：提醒"
DEFAULT = "（默认）"
NEVER = "不设"
CHOOSE_HOUR = "每天几点提醒您？"
CHOOSE_QUIET = "什么时候不打扰您？"
CHOOSE_SCRIPT = "答案用哪种文字？"
BACK = "返回"
AS_USUAL = "用默认的"
CHANGE_HOUR, CHANGE_QUIET, CHANGE_SCRIPT = "改提醒时间", "改免打扰", "简体/繁體"
MUTE, UNMUTE = "不再提醒《{title}》", "恢复提醒《{title}》"
EXPORT, FORGET = "导出我的数据", "删除我的数据"
SAVED = "已保存"
STRANGER = "您还没有加入，没有可改的设置。"
PRIVATELY = "设置请私聊我发 /settings。"
NOT_FOR_YOU = "这个按钮不是给您的。"


def overview(hour: str, span: str, script: str, programmes: Sequence[tuple[str, bool]]) -> str:
    lines = [HOUR.format(hour=hour), QUIET.format(span=span)]
    lines.append(SCRIPT.format(script=SCRIPTS.get(script, SCRIPTS[""])))
    lines += [(MUTED if muted else HEARD).format(title=title) for title, muted in programmes]
    return "\n".join([bold(TITLE), *map(plain, lines)])


def clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"


def span(quiet: tuple[time, time]) -> str:
    starts, ends = quiet
    return NEVER if starts == ends else f"{clock(starts)}-{clock(ends)}"
