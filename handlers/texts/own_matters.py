"""What people say to the helper about itself, and the answers that no notice holds."""

from collections.abc import Sequence
from enum import StrEnum


class Matter(StrEnum):
    TASKS = "tasks"
    REMINDERS = "reminders"
    LEADERS = "leaders"
    LEAVING = "leaving"
    PERSON = "person"
    WHO = "who"
    JOINING = "joining"


_WHAT = "(?:什么|啥|哪些|几个|几项|多少)"
_NOT_DONE = "(?:没做|没完成|没交|没有做|没有完成|要做)"
_OFF = "(?:不要|别|不用|不想|停止|关闭|关掉|取消)再?(?:给我)?发?"
_HOW = "(?:怎么|怎样|如何|咋)"
_ALTER = "(?:改|改一下|修改|调|调整|换|设|设置)"
_OUR = "(?:我|我们|咱们|我们组|我们小组|本组)?的?"

PHRASINGS = {  # the whole of a short text without signs, in the normal form, as a pattern
    Matter.TASKS: (
        f"看?看?我的(?:进度|任务进度|任务|任务清单)(?:怎么样|如何)?|我?还(?:差|剩|有){_WHAT}"
        f"(?:任务|作业)?{_NOT_DONE}|我(?:做|完成)(?:到哪|到哪里|了多少|得怎么样)"
        "|我?(?:还)?(?:差|缺)(?:什么|啥)|(?:我的)?任务完成情况|我(?:都)?做完了(?:没|没有)?"
        "|我(?:已经)?(?:做|写|交|传)(?:完|好)了?[^什怎哪几谁多能可要]{2,12}了"  # where to tick it
    ),
    Matter.REMINDERS: (
        f"(?:早上|晚上|周末|以后|每天)?{_OFF}(?:提醒|打扰|通知|推送|消息)我?"
        "|不想再?(?:收|收到|看到)(?:提醒|通知|推送|消息)"
        "|(?:能不能|可不可以|可以|能)(?:改到|在|改成)?(?:早上|上午|中午|下午|晚上)再?提醒我?"
        f"|{_HOW}(?:关|关闭|关掉|取消|{_ALTER})(?:提醒|提醒时间|免打扰)"
        f"|(?:把|将)?(?:每天的?|每日)?提醒的?(?:时间)?{_ALTER}(?:到|成|为|在)?.{{0,8}}"
        f"|{_ALTER}提醒(?:时间)?|免打扰"
        "|(?:每天|以后)?(?:早上|上午|中午|下午|晚上)[0-9一二三四五六七八九十]{1,2}点半?再?提醒我"
    ),
    Matter.LEADERS: f"{_OUR}组长(?:是谁|叫什么|叫什么名字|是哪位|是哪个)|谁是{_OUR}组长",
    Matter.LEAVING: f"(?:我?(?:想|要))?退出(?:这个)?(?:项目)?|{_HOW}退出(?:这个)?(?:项目)?",
    Matter.PERSON: (
        "(?:我?(?:想|要))?(?:转|找|叫|接|换)?(?:人工|真人)(?:客服|服务|解答|回答)?"
        "|(?:我?(?:想|要))?(?:找|问)专家|(?:找|转)?客服|有(?:没有)?人工(?:客服)?"
    ),
    Matter.WHO: (
        "我(?:是|的角色是)(?:什么|啥)(?:角色|身份)?|我的(?:角色|身份)|"
        "[你您](?:是谁|是哪位|叫什么|叫什么名字|是(?:做|干)(?:什么|啥)的|[能会]?(?:做|干)(?:什么|啥)"
        "|有(?:什么|啥)(?:用|功能)|是(?:机器人|真人|ai))"
    ),
    Matter.JOINING: f"(?:{_HOW}|我?(?:想|要))(?:才能|可以|能)?加入(?:项目|研修组|小组|你们)?",
}
BEFORE = "(?:请问|请教|请|麻烦|帮我|[你您]好)?"
AFTER = "[了吗呢啊呀吧哦嘛]{0,2}"

REMINDERS = (
    "提醒的时间、免打扰，还有哪个项目不再提醒，都在 /settings 里改，点下面的按钮也行。\n"
    "每天的提醒下面也有“不再提醒”。"
)
NO_REMINDERS = "您还没有加入项目，我不会提醒您什么。"
OPEN_SETTINGS = "打开设置"
PASS_ON = "要请老师解答“{question}”吗？点下面的按钮就转给老师。\n想问别的，请先把问题打出来。"
FIRST_ASK = "请先把问题打出来。我答不上来时，点答复下面的“问专家”就会转给老师。"
JOINING = (
    "要加入项目，请点组长或项目办给您的邀请链接；没有链接，请向他们要一个。\n"
    "不加入也可以直接提问，公开的问题我都答。"
)


def leaders(of_groups: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Of each group, named, who leads it."""
    lines = [f"{group}的组长是{'、'.join(names)}。" for group, names in of_groups]
    return "\n".join(lines)
