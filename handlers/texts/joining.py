"""What is said at the door: invitations, names, proofs, requests."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.conversation.html import bold, plain
from storage.roster import PAGE, TELEGRAM

NOT_USABLE = "这个链接用不了：可能已用过、已过期，或者没有复制完整。请向发给您的老师再要一个。"
STILL_KNOWN = "\n您已经加入了，不受影响。"
YOUR_NAME = "欢迎！请问您的姓名是？（和报名时一样）\n不想加入了就发 /cancel，公开的问题随时可以问。"
IS_THAT_YOUR_NAME = (
    "欢迎！报名时的姓名是“{name}”吗？是就点下面的按钮，不是就请发报名时的姓名。\n"
    "不想加入了就发 /cancel，公开的问题随时可以问。"
)
NO_ONES_NAME = ("老师", "访客")
NO_NAME = "请只发姓名，比如：李小红。不想加入了就发 /cancel。"
PROVE = (
    "名单上有“{name}”。请发一下报名时登记的手机号，只用来核对，核对后我会删掉那条消息。\n"
    "号码换了也没关系，点下面的按钮请老师确认。"
)
SHARE_NUMBER = "发送我的手机号"
OTHER_NUMBER = "号码换了，请老师确认"
NO_NUMBER = "请发 11 位手机号，或者点“号码换了，请老师确认”。"
NOT_YOURS = "请发您自己的号码，不是别人的名片。"
WRONG_NUMBER = "和名单上的号码不一样，还可以试 {left} 次。"
WAITS = "好的，已请认识您的老师确认，同意后我会在这里告诉您。在这之前，公开的问题都可以问。"
NAME_TAKEN = (
    "叫“{name}”的老师已经加入了。\n"
    "如果就是您，请在原来的地方给我发 /link；如果只是同名，请在姓名后面加上学校再发一次，"
    "比如：{name}（二中）。"
)
ALREADY = "您已经在里面了，这个链接没有用掉。"
WELCOME = "{name}老师，欢迎加入！"
ROLE = "您在《{programme}》中是{role}。"
COORDINATES = "您是项目办。"
AND_NOW = "发 /tasks 看任务，截止日之前我会提醒您；提醒的时间可以用 /settings 改。"
AND_NOW_COORDINATE = "发 /group 看各组进度，/invite 邀请老师，/help 看能做的其他事。"
ACCEPTED = "老师已同意您加入。"
DECLINED = "您的加入申请没有通过，请直接联系组长或项目办。"
NOT_FOR_YOU = "这个按钮不是给您的。"
SETTLED = "这件事已经处理过了。"
AMBIGUOUS = "名单上有几位同名的，请让项目办给本人发一人一链。"
BEYOND = "名单上的这位老师不只是学员，要由项目办同意。"
TAKEN_MEANWHILE = "名单上的这位老师已经用别的方式加入了；如果不是同一个人，请点不同意。"
DONE = {True: "已同意", False: "已拒绝"}

INVITE_PRIVATELY = "邀请链接请私聊我发 /invite。"
LINK_PRIVATELY = "链接请私聊我发 /link。"
INVITE_NOT_YOURS = "只有组长和项目办可以发邀请。"
NO_GROUPS = "名单上还没有研修组，请先导入名单。"
WHICH_GROUP = "邀请老师加入哪个组？"
WHICH_ROLE = "邀请谁？"
WHICH_PROGRAMME = "加入哪个项目？"
REVOKE = "撤回这个链接"
REVOKED = "链接已撤回，没用掉的次数作废了。"
REVOKED_BEFORE = "这个链接已经用完或撤回了。"
NO_DOOR = "现在连不上 Telegram，拿不到链接，请稍后再试。"

LINK_STRANGER = "您还没有加入，请先用邀请链接。"
LINK_NOWHERE = "现在只有这一个入口，没有另一处可以打开。"
LINK = (
    "在另一台设备上打开这个链接，就能用{where}继续。{minutes} 分钟内有效，只能用一次，请不要转发。"
)
PLACES = {TELEGRAM: " Telegram ", PAGE: "网页"}
LINKED = "您的账号刚刚在{where}打开了。如果不是您本人，请马上告诉项目办。"


def welcome(name: str, memberships: Sequence[tuple[str, str]], *, coordinates: bool) -> str:
    lines = [ROLE.format(programme=title, role=role) for title, role in memberships]
    lines += [COORDINATES] * coordinates
    lines += [AND_NOW] * bool(memberships or not coordinates) + [AND_NOW_COORDINATE] * coordinates
    return "\n".join([bold(WELCOME.format(name=name)), *map(plain, lines)])


def not_usable(*, known: bool) -> str:
    return plain(NOT_USABLE + STILL_KNOWN * known)


def invitation(role: str, where: str, uses: int, ends: datetime, links: Mapping[str, str]) -> str:
    """The only time that the link is told."""
    head = f"邀请{role}{f'加入{where}' if where else ''}"
    rest = f"{ends.month}月{ends.day}日前有效，可用 {uses} 次。请只发给该加入的人。"
    named = [f"{PLACES[surface].strip()}：{link}" for surface, link in links.items()]
    return "\n".join([bold(head), *map(plain, named), plain(rest)])
