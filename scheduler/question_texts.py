"""The words of letters about questions, as Telegram HTML."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.texts import safe
from storage.turns import ANSWERED, LATE, PASSED, TAKEN, Turn

LONGEST_QUESTION = 300
IN_A_LIST = 60
GONE = "依据已经撤回，请不要再按它办理"


def moment(value: datetime, zone: ZoneInfo) -> str:
    local = value.astimezone(zone)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def quoted(question: str, longest: int = LONGEST_QUESTION) -> str:
    short = question if len(question) <= longest else question[:longest] + "…"
    return f"“{safe(short)}”"


def to_answer(
    question: str, detail: str, askers: int, asked_by: str, until: str, *, is_last: bool
) -> str:
    """`is_last`: there is nobody whom it could be handed on to."""
    several = f"（{askers} 位老师想知道）" if askers > 1 else ""
    lines = [f"<b>有一个问题等您回答</b>{several}", quoted(question)]
    if detail:
        lines.append(safe(detail[:LONGEST_QUESTION]))
    lines.append(f"提问：{safe(asked_by)}")
    late = "没有下一位可转，拜托您了" if is_last else "逾时会转给下一位"
    lines.append(f"请直接回复这条消息作答，{until} 前；{late}。")
    return "\n".join(lines)


def not_yours_any_more(question: str, turn: Turn, *, waits: bool) -> str:
    """`waits`: it is nobody's turn now."""
    whereto = "放回待答清单" if waits else "转给下一位"
    why = {
        ANSWERED: "您已答复，谢谢！",
        LATE: f"时限已过，已{whereto}。",
        PASSED: f"已按您的意思{whereto}。",
        TAKEN: "已由别的老师答复。",
    }
    return f"{quoted(question)}\n{why.get(turn.outcome, f'已{whereto}。')}"


def handed_on(question: str, turn: Turn | None, skipped: Sequence[str], zone: ZoneInfo) -> str:
    """To who asked: where the question is now."""
    away = f"（{safe('、'.join(skipped))}暂时联系不上）" if skipped else ""
    if turn is None:
        where = "暂时没有能答复的老师，已列入待答清单，项目办看得到；有答复马上告诉您。"
    else:
        where = f"已转给{safe(turn.role + turn.name)}，{moment(turn.until, zone)} 前答复。"
    return f"您问的{quoted(question)}\n{where}{away}"


def answered(question: str, text: str, by: str) -> str:
    return (
        f"<b>您问的{quoted(question)}有答复了</b>\n{safe(text)}\n—— {safe(by)}"
        "\n（老师的个人答复，以通知为准）"
    )


def proposals_wait(count: int) -> str:
    return f"有 {count} 条老师的答复等您审核，发 /proposals 查看。"


def corrected(question: str, new: str, old: str, told: str) -> str:
    return (
        f"<b>更正：{quoted(question)}</b>\n{safe(new)}\n"
        f"{safe(told)}告诉您的是“{safe(old)}”，请以这次为准。"
    )


def withdrawn(question: str, old: str, told: str) -> str:
    return (
        f"<b>更正：{quoted(question)}</b>\n{safe(told)}告诉您的“{safe(old)}”，依据已经撤回，"
        "请不要再按它办理。目前没有新的规定，可以再问或请专家解答。"
    )


def several_corrected(
    facts: Sequence[tuple[str, str, str]], sources: Sequence[str], *, more: int
) -> str:
    """`facts`: what was asked, what holds now ("" where nothing does), what was said before."""
    lines = [f"<b>更正：规定有变化，之前告诉您的有 {len(facts) + more} 处要改</b>"]
    for question, new, old in facts:
        lines.append(
            f"• {quoted(question, IN_A_LIST)}\n现在：{safe(new or GONE)}\n原来：{safe(old)}"
        )
    if more:
        lines.append(f"另有 {more} 处，请把问题再问一次。")
    if sources:
        lines.append(safe(f"来源：{'；'.join(sources)}"))
    return "\n".join([*lines, "请以这次为准。"])
