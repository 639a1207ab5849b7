"""What is said to who leaves, wants to be forgotten, or wants to see what is kept."""

from scheduler.texts import shortened as cut

LEAVE_WHAT = (
    "要退出哪个项目？退出后不再提醒；想回来，请老师再发一个链接。\n"
    "要连数据一起删除，请改用 /forget_me。"
)
LEAVE_ALL = "全部退出"
STAY = "不退了"
LEFT_ONE = "您已退出《{title}》。"
LEFT_ALL = "您已全部退出，不会再收到消息。公开的问题随时还可以问。"
STAYED = "好的，一切照旧。"
NOT_IN = "您没有参加任何项目。"
FORGET_WHAT = (
    "<b>删除您的数据</b>\n"
    "会删除：您在这里的账号和会话、问过的问题、收到的消息、任务进度和设置，"
    "在 Telegram 和网页上的都算。发布过的简报和答复会留下，答复不再带您的名字。\n"
    "会留下：培训机构名单上的那一行（姓名、角色、小组、学校和登记的手机号），要改请联系机构；"
    "以及不含内容的操作记录，最多两年。您自己用链接加入、名单上没有的，姓名也会删除。\n"
    "聊天窗口里已有的消息我删不了，请您自己清空（网页上点右上角“更多”）。删除后不能恢复。"
)
FORGET_YES = "确定删除"
FORGET_NO = "不删了"
FORGOTTEN = "已删除。以后想再加入，请用新的邀请链接；公开的问题随时可以问。"
EXPORT_NOTE = "这里保存的关于您的全部数据（JSON）。手机号只显示一部分。"
EXPORT_NAME = "yanxiu-{day}.json"
PRIVATELY = "这件事请私聊我。"
NOT_FOR_YOU = "这个按钮不是给您的。"


def leave_label(title: str) -> str:
    return f"退出《{cut(title, 30)}》"
