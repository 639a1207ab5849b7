"""`yanxiu bench …`: the figures of this program, beside others where there are others."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.printing import complain, say

bench = typer.Typer(help="测一测：检索、群发、接收", no_args_is_help=True)


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


@bench.command()
def mailing(
    sends: Annotated[int, typer.Option(help="限速器发多少条（不费真实时间）", min=60)] = 20_000,
    real: Annotated[
        int, typer.Option(help="另外经磁盘和 HTTP 真发多少条，每秒约 28 条；0：不发", min=0)
    ] = 300,
    digests: Annotated[int, typer.Option(help="计划多少条提醒；0：不测", min=0)] = 100_000,
    deliver: Annotated[bool, typer.Option(help="把计划好的也都发出（发送端是假的）")] = False,
    database: Annotated[
        str, typer.Option(help="计划用的空数据库地址；不写：一个临时的 SQLite 文件")
    ] = "",
) -> None:
    """群发：每秒 30 条的上限用足多少，有没有 429；计划一次大的要多久、多少内存。"""
    from tempfile import TemporaryDirectory

    from bot.benchmarks.mailing import HEAD, measured
    from bot.benchmarks.planning import told

    say(HEAD)
    for row in measured(sends, real):
        say(str(row))
    if digests:
        with TemporaryDirectory() as folder:
            for line in told(database or f"sqlite:///{folder}/bench.db", digests, deliver=deliver):
                say(line)


@bench.command()
def inbound(
    updates: Annotated[int, typer.Option(help="每一种接收方式收多少条", min=100)] = 2_000,
) -> None:
    """接收：每秒多少条，确认过的有没有丢；与 aiogram 自己的接收方式比较。"""
    from bot.benchmarks.inbound import HEAD, measured

    say(HEAD)
    for line in measured(updates):
        say(line)
