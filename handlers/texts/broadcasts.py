"""What is said to a coordinator who writes to many."""

from handlers.conversation.html import bold, plain

NOT_YOU = "群发通知只有项目办可以用。"
PRIVATELY = "请私聊我群发通知。"
WRITE = "请把要群发的内容发给我（只发文字，{longest} 字以内）。不想发了就发 /cancel。"
ONLY_TEXT = "群发的内容请用文字。"
TOO_LONG = "太长了，请缩到 {longest} 字以内（现在 {now} 字）。"
WHICH_PROGRAMME = "发给哪个项目的老师？"
WHICH_ROLE = "发给哪些角色？"
WHICH_PLACE = "限定小组或地区吗？点下面的按钮，或者直接发组名、区县名。"
NO_SUCH_PLACE = "没有叫“{name}”的小组或地区，请再发一次，或者点“不限”。"
ALL_PROGRAMMES, ALL_ROLES, EVERYWHERE = "全部项目", "所有角色", "不限"
NOBODY = "没有符合的人，没有发送。发 /broadcast 可以重新选。"
SEND, DROP = "发送给 {number} 人", "不发了"
DROPPED = "好的，没有发送。"
PAST = "这一步已经过去了。"
SENT_ALREADY = "已经发过了。"
STOPPED = "好的，停下来了。"
STOPPED_ALREADY = "已经停了，或者已经发完了。"
NOTHING_FAILED = "没有失败的需要重发了。"
AGAIN = "好的，正在重发给 {number} 人。"
LONGEST = 3500  # as HTML, so that the preview and its head fit into one message


def preview(text: str, audience: str, people: int, reachable: int) -> str:
    lines = [bold("请确认后发送"), plain(f"发给：{audience}"), plain(f"共 {people} 人")]
    if people > reachable:
        missing = people - reachable
        lines.append(
            plain(f"其中 {missing} 人还没有和我开始会话，现在收不到；三天内开始会话就会收到")
        )
    return "\n".join([*lines, "", bold("项目办通知"), plain(text)])


def audience(programme: str, role: str, place: str) -> str:
    return " · ".join([programme or ALL_PROGRAMMES, role or ALL_ROLES, *([place] if place else [])])
