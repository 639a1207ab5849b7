"""Options that several commands share."""

from datetime import date, datetime
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Region = Annotated[str, typer.Option(help="省份，如 云南")]


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("应是日期，如 2015-09-17") from None


def moment(text: str) -> datetime:
    """Without a zone it is meant as the zone of the installation."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("应是时刻，如 2015-09-17T08:00") from None
