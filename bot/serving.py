"""The HTTP server inside our own event loop: the socket first, signals left to us."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.refusal import Refused

PATIENCE = 5  # seconds that open requests get at the end


class QuietServer(uvicorn.Server):
    """Leaves SIGINT and SIGTERM to whoever runs the loop; ends long polls before it waits."""

    def __init__(self, config: uvicorn.Config, before_stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._before_stop = before_stop
        self.ready = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._before_stop()
        await super().shutdown(sockets)


def bind(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        raise Refused(f"不能监听 {host}:{port}：{error.strerror}（可用 HOST、PORT 改）") from None


def address_of(bound: socket.socket) -> str:
    """As a browser on this machine writes it."""
    host, port = bound.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@asynccontextmanager
async def served(
    app: ASGIApp, bound: socket.socket, before_stop: Callable[[], None]
) -> AsyncIterator[asyncio.Task[None]]:
    """The server's task: if it ends by itself, something is wrong."""
    config = uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=PATIENCE)
    server = QuietServer(config, before_stop)
    task = asyncio.create_task(server.serve(sockets=[bound]))
    ready = asyncio.create_task(server.ready.wait())
    await asyncio.wait({ready, task}, return_when=asyncio.FIRST_COMPLETED)
    ready.cancel()
    try:
        yield task
    finally:
        server.should_exit = True
        await task
        bound.close()
