"""Thumbs, asking an expert, and answering: what is said on the way."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.conversation.html import bold, plain
from scheduler.answering import Delivered
from scheduler.handing_on import Handed
from scheduler.question_texts import moment
from storage.questions import ANSWERED, OPEN, Waiting
from storage.turns import Turn

UP, DOWN, COPY = "👍 有用", "👎 不对", "📋 复制"
REASONS = ("不对", "过时", "没答到点上")
BACK = "返回"
ASK_EXPERT = "问专家"
JOIN = "同问"
ASK_ANYWAY = "不一样，另问专家"
SOLVED, UNSOLVED = "已解决", "仍未解决"
THANKS = "谢谢，记下了。"
NOTED_ALREADY = "已经记过了。"
WHATS_WRONG = "哪里不好？"
NOTED = "已记下“{reason}”，会有人来看。"
NOT_YOURS = "这个按钮不是给您的。"
STRANGERS_CANNOT = (
    "问专家只对名单上的老师开放：要按您的项目和小组找人解答。请先向承训机构要邀请链接。"
)
WHICH_PROGRAMME = "这个问题是关于哪个项目的？"
NO_SUCH_QUESTION = "没有找到这个问题，可能已经处理了。"
ASKED_IN_GROUP = "已替您转给老师，答复会私聊告诉您。"
CANNOT_WRITE = "已转给老师。请先私聊我一次，不然答复送不到。"
GLAD = "太好了！"
ON_IT = "好的，继续为您找人解答。"
QUEUE_LINE = 60  # characters of a question in a list


def similar(question: Waiting, turn: Turn | None, zone: ZoneInfo, *, is_mine: bool) -> str:
    who = "您" if is_mine else "已有老师"
    if question.state == ANSWERED:
        return f"{who}问过类似的问题：“{shortened(question.text)}”，已有答复。"
    return f"{who}问过类似的问题：“{shortened(question.text)}”，{where(turn, zone)}"


def where(turn: Turn | None, zone: ZoneInfo) -> str:
    if turn is None:
        return "在待答清单里，还没有人接手。"
    return f"{turn.role}{turn.name}正在解答（{moment(turn.until, zone)} 前）。"


def handed(to: Handed, zone: ZoneInfo) -> str:
    """To who has just asked."""
    away = f"{'、'.join(to.skipped)}暂时联系不上，" if to.skipped else ""
    if to.turn is None:
        return plain(
            f"{away}现在没有能答复的老师，已列入待答清单，项目办看得到；有答复马上告诉您。"
        )
    late = "。" if to.is_last else "；逾时会自动转给下一位。"
    return plain(
        f"{away}已转给{to.turn.role}{to.turn.name}，{moment(to.turn.until, zone)} 前答复{late}"
    )


def joined(question: Waiting, turn: Turn | None, zone: ZoneInfo) -> str:
    others = f"共 {question.askers} 位老师想知道，" if question.askers > 1 else ""
    return plain(f"记下了：{others}{where(turn, zone)}有答复马上告诉您。")


def shortened(text: str, limit: int = QUEUE_LINE) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


# --- the queue -----------------------------------------------------------------------------------

ANSWER = "回答"
MORE = "更多"
NOTHING_WAITS = "现在没有等您回答的问题。"
QUEUE_IS_FOR = "这里列出等老师回答的问题。您还没有提过问题；问题答不上来时可以点“问专家”。"
QUEUE_IS_FOR_MEMBERS = (
    "这里列出等老师回答的问题，加入项目以后才用得上。\n"
    "现在可以直接提问，通知里有的我都答；要请专家解答，请先加入：发“怎么加入”看看。"
)
JOIN_TO_ASK = "（请专家解答要先加入项目：发“怎么加入”看看。）"
EXPERTS = "专家"
QUEUE_PRIVATELY = "待答的问题请私聊我查看。"
WRITE_ANSWER = "请写出答复，发出后马上转给提问的老师。不答了请发 /cancel。"
ONLY_TEXT = "答复请用文字写。"
TOO_LONG = "这段答复太长了，请控制在 1500 字以内。"
TOO_LATE = "这个问题已经有人答复了，谢谢！"
NOT_ALLOWED = "这个问题不归您回答。"
PASSED = "好的，已转给下一位。"
PASSED_TO_NOBODY = "好的，没有下一位可转，已放回待答清单。"
NOT_YOUR_TURN = "这个问题已经不在您这里了。"
CORRECTED = "已更正，看过原答复的 {told} 位老师会收到更正。"
LONGEST_ANSWER = 1500


def delivered(done: Delivered) -> str:
    lines = [f"已转达给 {done.told} 位提问的老师。"]
    if done.quota:
        lines.append(f"计入您的答疑任务：{done.quota.given}/{done.quota.wanted}。")
    lines.append("写错了？再回复一次那条消息，就会更正。")
    return plain("\n".join(lines))


def queue(
    waiting: Sequence[tuple[Waiting, Turn | None, Sequence[str]]],
    total: int,
    first: int,
    me: int,
    now: datetime,
    zone: ZoneInfo,
) -> str:
    lines = [bold(f"待答的问题 {total} 个")]
    for number, (question, turn, away) in enumerate(waiting, start=first):
        asked = f"{question.askers} 人问 · " if question.askers else ""
        mine = "轮到您" if turn and turn.person_id == me else where(turn, zone).rstrip("。")
        since = moment(question.asked_at, zone)
        lines.append(plain(f"{number}. {shortened(question.text)}"))
        lines.append(plain(f"    {asked}{since} · {mine}"))
        if away:
            lines.append(plain(f"    联系不上：{'、'.join(away)}"))
    return "\n".join(lines)


def my_questions(mine: Sequence[tuple[Waiting, Turn | None, bool]], zone: ZoneInfo) -> str:
    """With whether they said that it is solved: others may still be waiting for a better answer."""
    lines = [bold("您提的问题")]
    for question, turn, is_content in mine:
        state = where(turn, zone) if question.state == OPEN else "已有答复。"
        if is_content:
            state = "您已标记为“已解决”。"
        lines.append(plain(f"• {shortened(question.text)}\n    {state}"))
    return "\n".join(lines)
