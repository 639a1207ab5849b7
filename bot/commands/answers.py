"""`yanxiu ask`: one answer, or a file of questions."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.printing import complain, say, say_json
from bot.refusal import Refused

if TYPE_CHECKING:
    from bot.asking import Conversations
    from knowledge.answering.explaining import Explanation


def ask(
    question: Annotated[
        str | None, typer.Argument(help="问题，用自己的话说", show_default=False)
    ] = None,
    region: Annotated[str, typer.Option(help="提问人所在的省，如 云南")] = "",
    role: Annotated[str, typer.Option(help="提问人的角色：学员、组长、指导教师、省级专家")] = "",
    year: Annotated[int | None, typer.Option(help="问的是哪一年", show_default=False)] = None,
    today: Annotated[str, typer.Option(help="把哪一天当作今天，如 2015-09-17")] = "",
    as_of: Annotated[str, typer.Option(help="按哪一天已有的通知回答，如 2022-06-01")] = "",
    batch: Annotated[
        str, typer.Option(help="逐行读 JSON 问题的文件；- 为标准输入", metavar="FILE")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="输出一行 JSON")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="说明这个回答是怎么来的")] = False,
) -> None:
    """回答一个问题，先给结论，再给条文和出处。"""
    from bot import asking

    if bool(question) == bool(batch):
        raise typer.BadParameter("给一个问题，或者用 --batch 给一个文件")
    try:
        library, this_day = asking.library_at_hand(asking.day(as_of, "as-of"))
        given = {"region": region, "role": role, "year": year, "today": today}
        asker = asking.context_of(given, this_day)
    except asking.BadRow as trouble:
        raise typer.BadParameter(str(trouble)) from None
    if batch:
        answer_file(batch, asking.Conversations(library, asker, explain=explain))
    elif explain:
        asked = asking.clean(question or "")
        say_explained(library.explain(asked, asker), as_json=as_json)
    else:
        verdict = library.ask(asking.clean(question or ""), asker)
        say_json(asking.as_row(None, verdict)) if as_json else say(asking.as_text(verdict))


def say_explained(explained: "Explanation", *, as_json: bool) -> None:
    from bot import asking, explanations

    if as_json:
        row = asking.as_row(None, explained.verdict)
        say_json({**row, "explain": explanations.as_json(explained)})
        return
    say(asking.as_text(explained.verdict))
    say("")
    for line in explanations.lines(explained):
        say(line)


def answer_file(path: str, conversations: "Conversations") -> None:
    """Each answer is flushed at once, so that the command can stand in a pipe."""
    from bot import asking

    bad = 0
    try:
        stream = sys.stdin.buffer if path == "-" else open(path, "rb")  # noqa: SIM115
        with stream:
            for number, line in enumerate(stream, start=1):
                if not line.strip():
                    continue
                try:
                    row = conversations.answer(line)
                except asking.BadRow as trouble:
                    bad += 1
                    complain(f"第 {number} 行：{trouble}")
                else:
                    say_json(row)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Refused(f"{path}：读不了（{error.strerror}）") from None
    if bad:
        raise Refused(f"{bad} 行没有回答，其余已经回答")
