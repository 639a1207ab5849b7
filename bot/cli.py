"""The command line `yanxiu`: one literal list of commands, each imported when it is called."""

import sys

import typer

from bot.commands import (
    answers,
    auditing,
    benchmarks,
    evaluating,
    inviting,
    notices,
    outbox,
    people,
    programmes,
    questions,
    service,
)
from bot.commands.printing import complain
from bot.refusal import Refused

# rich would cost every command 0.2 s, and its tracebacks are nothing a user should see
app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command()(service.run)
app.command()(answers.ask)
app.command()(evaluating.evaluate)
app.add_typer(notices.notices, name="notices")
app.add_typer(programmes.programme, name="programme")
app.command()(programmes.reminders)
app.command()(questions.gaps)
app.add_typer(questions.questions, name="questions")
app.add_typer(outbox.outbox, name="outbox")
app.add_typer(people.roster, name="roster")
people.roster.command("links")(inviting.links)
app.command()(inviting.invite)
app.add_typer(service.database, name="db")
app.command()(service.check)
app.command()(auditing.audit)
app.add_typer(benchmarks.bench, name="bench")


@app.callback()
def yanxiu() -> None:
    """研修助手：读研修通知，回答问题，按时提醒。"""


@service.database.callback()
def database() -> None:
    """数据库。"""  # without this, typer would make the only command below it disappear


@benchmarks.bench.callback()
def bench() -> None:
    """测一测：检索的准确和速度。"""


def main(arguments: list[str] | None = None) -> None:
    """Exit status: 0 done, 1 refused with one clear line, 2 wrong usage."""
    if sys.stdout is None or sys.stderr is None:  # closed by whoever started us
        raise SystemExit(1)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a lone surrogate
    try:
        app(arguments)
        sys.stdout.flush()
    except Refused as refusal:
        complain(str(refusal))
        raise SystemExit(1) from None
    except BrokenPipeError:
        raise
    except OSError as error:  # a full disk behind the output
        complain(f"写不下去：{error.strerror}")
        raise SystemExit(1) from None
