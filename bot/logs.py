"""What is logged, and how: events with keys, on standard error, without secrets."""

import logging
import re
import sys
from collections.abc import MutableMapping, Sequence
from typing import Any, Literal

import structlog
from structlog.typing import Processor

# a bot token wherever it turns up: in addresses, in error texts, in reprs
TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{8,}|(?<=/bot)\d+:[^/\s]+")
PHONE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
WORDS = re.compile(r"[^\x00-\x7f]+")
HIDDEN = "[hidden]"
CHATTY = ("httpx", "httpcore", "uvicorn", "alembic", "aiogram", "apscheduler", "asyncio")


class Redaction:
    """Takes bot tokens, phone numbers and the given secrets out of every value of an event; and
    out of tracebacks all Chinese: what went wrong there may have been somebody's name or words."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self.secrets = [secret for secret in secrets if secret]

    def __call__(
        self, logger: Any, method: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        hidden = {key: self.hidden(value) for key, value in event.items()}
        if isinstance(hidden.get("exception"), str):
            hidden["exception"] = WORDS.sub("…", hidden["exception"])
        return hidden

    def hidden(self, value: Any) -> Any:
        if value is None or isinstance(value, bool | int | float):
            return value
        text = value if isinstance(value, str) else repr(value)
        for secret in self.secrets:
            text = text.replace(secret, HIDDEN)
        return PHONE.sub(HIDDEN, TOKEN.sub(HIDDEN, text))


def set_up_logging(form: Literal["console", "json"], secrets: Sequence[str] = ()) -> None:
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                Redaction(secrets),
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    # What gets past handlers/conversation/errors.py is logged by whoever gives the update again.
    logging.getLogger("aiogram.event").setLevel(logging.CRITICAL)
