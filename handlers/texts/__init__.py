"""What everybody may be told, and the menu; each subject has a module of its own beside it."""

from collections.abc import Sequence

from handlers.html import plain
from knowledge.programme.values import Programme

COMMANDS = {  # what Telegram shows behind the menu button; /help tells the same
    "tasks": "我这个阶段的任务",
    "deadlines": "两周内的截止日",
    "group": "本组进度（组长、指导教师、专家）",
    "calendar": "订阅到手机日历",
    "ask": "提问，例如 /ask 云南什么时候报到",
    "link": "在网页和 Telegram 之间换着用",
    "invite": "邀请老师加入（组长、项目办）",
    "bind": "把群绑定到研修组（组长、项目办）",
    "unbind": "解除群的绑定",
    "queue": "等老师回答的问题",
    "bulletins": "给您的简报",
    "bulletin": "发布简报（指导教师、专家）",
    "help": "怎么用",
    "privacy": "保存了哪些信息",
    "cancel": "放下刚才的话题",
    "start": "重新开始",
}
MY_TASKS = "我的任务"
MY_DEADLINES = "近期截止"
HOW_TO = "怎么用"

START = (
    "您好，我是研修助手。\n"
    "直接用您自己的话提问就行，比如“云南什么时候报到”。我只按通知和已有的答复回答，并注明出处。"
)
START_KNOWN = "\n{memberships}，截止日之前我会提醒您。"
START_UNKNOWN = "\n您还不在名单上：公开的问题都可以问，个人任务和提醒要等承训机构把您加入名单。"
HELP = "直接提问即可；在群里请 @我 或回复我的消息。\n"
PRIVACY = (
    "保存的只有：名单上的姓名、角色和小组，您在这里的会话编号，最近一次问答的话题，以及发给您的提醒。\n"
    "提问内容不会给同组的人看。发 /cancel 可清除话题；要删除全部信息，请联系承训机构。"
)
CANCELLED = "好的，刚才的话题放下了。"
NOTHING_TO_CANCEL = "现在没有进行中的话题，直接提问就行。"
ASK_WHAT = "请在 /ask 后面写上问题，例如：/ask 云南什么时候报到"
ONLY_TEXT = "我现在只看得懂文字，请把问题打出来。"
NO_SUCH_COMMAND = "没有这个命令，发 /help 看看怎么用；直接提问也行。"
TOO_LONG = "这段文字太长了，请把问题说短一些（500 字以内）。"
COURTESIES = {  # what we say to whom says no more than that; letters and figures only
    "您好！想知道什么直接问就行，比如“云南什么时候报到”；发 /help 看看怎么用。": frozenset(
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
SORRY = "抱歉，刚才出了点问题，请稍后再试。（编号 {number}）"

QUESTION_LONGEST = 500


def start(memberships: Sequence[str]) -> str:
    if memberships:
        return plain(START + START_KNOWN.format(memberships="、".join(memberships)))
    return plain(START + START_UNKNOWN)


def membership(programme: Programme, role: str) -> str:
    return f"您在《{programme.title}》中是{role}"


def help_text() -> str:
    return plain(HELP + "\n".join(f"/{name} {what}" for name, what in COMMANDS.items()))
