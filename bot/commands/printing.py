"""How commands speak: results on standard output, everything else on standard error."""

import json
from typing import Any

import typer


def say(text: str) -> None:
    """Flushed at once, so that a command can stand in a pipe."""
    typer.echo(text)


def complain(text: str) -> None:
    typer.echo(text, err=True)


def say_json(value: Any) -> None:
    say(json.dumps(value, ensure_ascii=False))
