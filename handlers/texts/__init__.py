"""What everybody may be told, and the menu; each subject has a module of its own beside it."""

from collections.abc import Collection, Sequence

from handlers.conversation.html import plain
from handlers.texts.audiences import (
    COORDINATING,
    INVITING,
    LOOKING_AFTER,
    ON_THE_ROSTER,
    POSTING,
    WITH_TASKS,
    Command,
)
from knowledge.programme.values import Programme

COMMANDS = {  # the menu behind Telegram's button, and /help: in this order
    "tasks": Command("我这个阶段的任务", WITH_TASKS),
    "deadlines": Command("两周内的截止日", WITH_TASKS),
    "group": Command("本组进度", LOOKING_AFTER),
    "queue": Command("等老师回答的问题", ON_THE_ROSTER),
    "bulletins": Command("给您的简报", ON_THE_ROSTER),
    "bulletin": Command("发布简报", POSTING),
    "proposals": Command("审核老师的答复", COORDINATING),
    "gaps": Command("答不上来的问题", COORDINATING),
    "explain": Command("为什么这样答，例如 /explain 报到", COORDINATING),
    "notices": Command("正在使用的通知，可以撤下", COORDINATING),
    "broadcast": Command("给很多老师发通知", COORDINATING),
    "outbox": Command("待发的消息", COORDINATING),
    "invite": Command("邀请老师加入", INVITING),
    "bind": Command("把群绑定到研修组，在群里发", INVITING, in_groups=True),
    "unbind": Command("解除群的绑定，在群里发", INVITING),
    "calendar": Command("订阅到手机日历", WITH_TASKS),
    "link": Command("在网页和 Telegram 之间换着用", ON_THE_ROSTER),
    "settings": Command("提醒时间、免打扰、简体繁体", ON_THE_ROSTER),
    "leave": Command("退出项目", ON_THE_ROSTER),
    "export": Command("导出关于我的全部数据", ON_THE_ROSTER),
    "forget_me": Command("删除我的数据", ON_THE_ROSTER),
    "ask": Command("提问，例如 /ask 什么时候报到", in_groups=True),
    "help": Command("怎么用", in_groups=True),
    "privacy": Command("保存了哪些信息"),
    "cancel": Command("放下刚才的话题"),
    "start": Command("重新开始"),
}
MY_TASKS = "我的任务"
MY_DEADLINES = "近期截止"
MY_GROUP = "本组进度"
ALL_GROUPS = "各组进度"
WAITING = "待答问题"
HOW_TO = "怎么用"
HOW_TO_JOIN = "怎么加入"
KEYS = frozenset({MY_TASKS, MY_DEADLINES, MY_GROUP, ALL_GROUPS, WAITING, HOW_TO, HOW_TO_JOIN})

START = (
    "您好，我是研修助手。\n"
    "直接用您自己的话提问就行，比如“什么时候报到”。我只按通知和已有的答复回答，并注明出处。"
)
START_KNOWN = "\n{memberships}，截止日之前我会提醒您。"
START_UNKNOWN = (
    "\n您还不在名单上：公开的问题都可以问；要看个人任务、收提醒，请点组长或项目办给您的邀请链接。"
)
HELP = "直接提问即可；在群里请 @我 或回复我的消息。\n"
PRIVACY = (
    "保存的有：名单上的姓名、角色、小组和登记的手机号（加密），您在这里的账号，"
    "您的提问和答复，任务进度，以及发给您的消息。\n"
    "答过什么留 180 天，通知改了好告诉您更正。\n"
    "点“问专家”后，问题（不写姓名）会给答题的老师和项目办看。\n"
    "提问内容不会给同组的学员看。会话 90 天、操作记录 2 年后自动清除。\n"
    "发 /cancel 放下话题，/export 导出您的全部数据，/forget_me 删除。"
)
CANCELLED = "好的，刚才的话题放下了。"
NOTHING_TO_CANCEL = "现在没有进行中的话题，直接提问就行。"
ASK_WHAT = "请在 /ask 后面写上问题，例如：/ask 什么时候报到"
ONLY_TEXT = "我现在只看得懂文字，请把问题打出来。"
ONLY_A_LINK = (
    "链接里的内容我打不开。想知道什么，请用文字直接问。\n"
    "想让老师们看到这个链接，请交给指导教师或省级专家发成简报。"
)
LONG_WITH_LINK = "链接里的内容我打不开，请去掉链接，只留下问题再发一次。"
NO_SUCH_COMMAND = "没有这个命令，发 /help 看看怎么用；直接提问也行。"
TOO_LONG = "这段文字太长了，请把问题说短一些（500 字以内）。"
COURTESIES = {  # what we say to whom says no more than that; letters and figures only
    "您好！想知道什么直接问就行，比如“什么时候报到”；发 /help 看看怎么用。": frozenset(
        {"你好", "您好", "你好啊", "你好呀", "您好啊", "你们好", "大家好", "老师好", "老师您好"}
        | {"嗨", "哈喽", "哈啰", "hi", "hello", "在吗", "在不在", "有人吗", "有人在吗"}
        | {"早", "早安", "早上好", "上午好", "中午好", "下午好", "晚上好", "晚安", "你好你好"}
    ),
    "不客气！还有想问的，直接说就行。": frozenset(
        {"谢谢", "谢谢你", "谢谢您", "谢谢啦", "谢谢了", "谢了", "谢谢谢谢", "谢谢老师", "多谢"}
        | {"非常感谢", "十分感谢", "太感谢了", "感谢", "感谢感谢", "辛苦了", "好的谢谢", "好谢谢"}
        | {"好的谢谢你", "好的谢谢您", "明白了谢谢", "知道了谢谢", "收到谢谢", "thanks", "thankyou"}
    ),
    "好的，有想问的随时找我。": frozenset(
        {"好", "好的", "好吧", "嗯", "嗯嗯", "哦", "行", "可以", "收到", "知道了", "明白", "明白了"}
        | {"再见", "拜拜", "bye", "没事了", "没有了", "ok"}
    ),
}
OLD_BUTTON = "这个选项已经过期，或者是给别人的，请您再问一次。"
ALREADY_ANSWERED = "上面已经回答过了。"
SLOWER = "您发得太快了，请过一会儿再试。"
SORRY = "抱歉，刚才出了点问题，请稍后再试。（编号 {number}）"

QUESTION_LONGEST = 500


def start(memberships: Sequence[str]) -> str:
    if memberships:
        return plain(START + START_KNOWN.format(memberships="、".join(memberships)))
    return plain(START + START_UNKNOWN)


def membership(programme: Programme, role: str) -> str:
    return f"您在《{programme.title}》中是{role}"


def commands_for(
    audiences: Collection[str], *, without: Collection[str] = frozenset()
) -> dict[str, str]:
    """Name and words, for private chats."""
    mine = [(name, one) for name, one in COMMANDS.items() if name not in without]
    return {name: one.words for name, one in mine if not one.whose.isdisjoint(audiences)}


def commands_in_groups() -> dict[str, str]:
    return {name: one.words for name, one in COMMANDS.items() if one.in_groups}


def help_text(commands: dict[str, str]) -> str:
    return plain(HELP + "\n".join(f"/{name} {words}" for name, words in commands.items()))
