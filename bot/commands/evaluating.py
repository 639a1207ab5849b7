"""`yanxiu evaluate`: how many questions of a file are answered right."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.options import AsJson
from bot.commands.printing import complain, say, say_json
from bot.settings import load_settings

if TYPE_CHECKING:
    from knowledge.evaluation import Result


def evaluate(
    questions: Annotated[Path, typer.Argument(help="问题文件：jsonl 或 yaml")],
    notices: Annotated[
        list[Path] | None,
        typer.Option(help="另外读入的通知（不保存），可写多次", show_default=False),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="只列总数，不列答错的")] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="答对的记下来：以后的导入不得让它们答错")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """用一份问题考一考：答对多少，哪些答错、错在哪里。"""
    from bot import evaluating, golden

    if keep and notices:
        raise typer.BadParameter("--keep 只看已经导入的通知，不与 --notices 同用")
    results = evaluating.results_of(questions, notices or [])
    if keep:
        url = load_settings().database_url
        complain(f"记下 {golden.keep(url, results)} 个问题：{golden.file_beside(url)}")
    if as_json:
        say_json(as_row(results))
        return
    for line in evaluating.report(results, misses=not quiet):
        say(line)


def as_row(results: "list[Result]") -> dict[str, Any]:
    from knowledge.evaluation import tallied

    tally = tallied(results)
    return {
        "total": tally.total,
        "right": tally.right,
        "wrong_but_sure": tally.wrong_but_sure,
        "misses": [
            {
                "id": result.question.id,
                "category": result.question.category,
                "question": miss.turn.ask,
                "wrong": list(miss.wrong),
                "outcome": miss.outcome,
                "said": miss.said,
                "known_gap": result.question.known_gap,
            }
            for result in results
            for miss in result.misses
        ],
    }
