"""`yanxiu bench …`: the figures of this program, beside others where there are others."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.printing import complain, say

bench = typer.Typer(help="测一测：检索的准确和速度", no_args_is_help=True)


@bench.command()
def answers(
    data: Annotated[Path, typer.Option(help="存放 NAME.docs、.queries、.noisy.jsonl.gz 的文件夹")],
    rows: Annotated[
        int | None, typer.Option(help="每组最多用多少个问题", min=1, show_default=False)
    ] = None,
    engines: Annotated[
        list[str] | None, typer.Option("--engine", help="只测这一个，可写多次", show_default=False)
    ] = None,
) -> None:
    """检索：与别的引擎在同样的问题上比较（没有安装的会说明）。"""
    from bot.benchmarks.answers import Row, measured, table
    from bot.benchmarks.corpora import corpora_in
    from bot.benchmarks.engines import ENGINES

    if set(engines or []) - set(ENGINES):
        raise typer.BadParameter(f"--engine 可以是：{'；'.join(ENGINES)}")
    for corpus in corpora_in(data, rows):
        done: list[Row] = []
        for row in measured(corpus, engines or []):
            complain(f"{corpus.name}：{row.engine} 测完")
            done.append(row)
        for line in table(corpus, done):
            say(line)
        say("")
