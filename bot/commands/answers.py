"""`yanxiu ask`: one answer, or a file of questions."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.printing import complain, say, say_json
from bot.refusal import Refused

if TYPE_CHECKING:
    from knowledge.answering.library import Library
    from knowledge.answering.verdicts import Asker


def ask(
    question: Annotated[
        str | None, typer.Argument(help="问题，用自己的话说", show_default=False)
    ] = None,
    region: Annotated[str, typer.Option(help="提问人所在的省，如 云南")] = "",
    role: Annotated[str, typer.Option(help="提问人的角色：学员、组长、指导教师、省级专家")] = "",
    year: Annotated[int | None, typer.Option(help="问的是哪一年", show_default=False)] = None,
    today: Annotated[str, typer.Option(help="把哪一天当作今天，如 2015-09-17")] = "",
    batch: Annotated[
        str, typer.Option(help="逐行读 JSON 问题的文件；- 为标准输入", metavar="FILE")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="输出一行 JSON")] = False,
) -> None:
    """回答一个问题，先给结论，再给条文和出处。"""
    from bot import asking

    if bool(question) == bool(batch):
        raise typer.BadParameter("给一个问题，或者用 --batch 给一个文件")
    library, this_day = asking.library_at_hand()
    if batch:
        answer_file(batch, library, asking.context_of({}, this_day))
        return
    given = {"region": region, "role": role, "year": year, "today": today}
    try:
        asker = asking.context_of(given, this_day)
    except asking.BadRow as trouble:
        raise typer.BadParameter(str(trouble)) from None
    verdict = library.ask(asking.clean(question or ""), asker)
    if as_json:
        say_json(asking.as_row(None, verdict))
    else:
        say(asking.as_text(verdict))


def answer_file(path: str, library: "Library", asker: "Asker") -> None:
    """Each answer is flushed at once, so that the command can stand in a pipe."""
    from bot import asking

    bad = 0
    conversations = asking.Conversations(library, asker)
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
