"""python -m gateway: the gateway alone, so that anybody's bot can be tried against it."""

import argparse
import socket
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from gateway.server import build_gateway, hang_up


class Server(uvicorn.Server):
    """Ends long polls and streams first: uvicorn would wait for them."""

    def __init__(self, config: uvicorn.Config, gateway: Starlette) -> None:
        super().__init__(config)
        self.gateway = gateway

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        hang_up(self.gateway)
        await super().shutdown(sockets)


def main() -> None:
    options = argparse.ArgumentParser("python -m gateway", description=__doc__)
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=8081)
    options.add_argument("--database", type=Path, default=Path("var/gateway.db"))
    options.add_argument("--token", default="1000:gateway")
    options.add_argument("--name", default="Bot")
    given = options.parse_args()
    gateway = build_gateway(
        database=given.database,
        token=given.token,
        bot_name=given.name,
        now=lambda: datetime.now(UTC),
        page_title=given.name,
    )
    config = uvicorn.Config(
        gateway, host=given.host, port=given.port, log_level="warning", timeout_graceful_shutdown=5
    )
    Server(config, gateway).run()


if __name__ == "__main__":
    main()
