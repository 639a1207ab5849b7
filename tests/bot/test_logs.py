"""No token or password reaches a log."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import set_up_logging

Captured = pytest.CaptureFixture[str]
TOKEN = "123456:AAbbccddeeff-ggHH_iijjkkllmmnnooppq"


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**before)


@pytest.mark.parametrize("form", ["console", "json"])
def test_tokens_and_secrets_are_hidden_everywhere(capsys: Captured, form: str) -> None:
    set_up_logging("json" if form == "json" else "console", ["hunter2hunter2"])

    structlog.get_logger("x").info("asked", url=f"https://api.example/bot{TOKEN}/getMe")
    logging.getLogger("other").warning("password %s", "hunter2hunter2")
    try:
        raise RuntimeError(TOKEN)
    except RuntimeError:
        structlog.get_logger("x").exception("failed", parts=[TOKEN])

    logged = capsys.readouterr().err
    assert "failed" in logged
    assert TOKEN not in logged
    assert "hunter2" not in logged


def test_events_are_one_json_object_a_line(capsys: Captured) -> None:
    set_up_logging("json")

    structlog.get_logger("x").info("提醒已发出", count=3)

    event = json.loads(capsys.readouterr().err)
    assert (event["event"], event["count"]) == ("提醒已发出", 3)


def test_addresses_that_a_client_asks_are_not_logged(capsys: Captured) -> None:
    set_up_logging("console")

    logging.getLogger("httpx").info("HTTP Request: POST https://api.example")

    assert capsys.readouterr().err == ""
