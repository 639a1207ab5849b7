"""Read a file in a process of its own, with limits on time and memory.

What a parser does with a stranger's file cannot be known beforehand: it may run for hours or fill
the memory, and then only the child ends. `python -m knowledge.reading.apart` is that child.
"""

import io
import pickle
import resource
import subprocess
import sys
from datetime import date

from knowledge.documents import Document, Doubt, Unreadable
from knowledge.entries import Entry, OpenQuestion
from knowledge.notices import Notice, Section, Table
from knowledge.programme.values import Amount, Programme, Stage, Task
from knowledge.sources import Scope, Source

SECONDS = 120
MEGABYTES = 2048
_REFUSED = 3  # exit status of the child: the line is on standard error
_OURS = (Amount, Document, Doubt, Entry, Notice, OpenQuestion, Programme, Scope, Section, Source)
_VALUES = {
    f"{each.__module__}.{each.__qualname__}": each
    for each in (*_OURS, Stage, Table, Task, date, frozenset)
}


def read_apart(
    name: str,
    content: bytes,
    *,
    region: str = "",
    year: int = 0,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> Document:
    """As `read_file`, but a file that takes too long or too much is refused like any other."""
    command = [sys.executable, "-m", __name__, name, region, str(year), str(megabytes)]
    try:
        child = subprocess.run(command, input=content, capture_output=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise Unreadable(f"{name}：读取超过{seconds:g}秒，已放弃。") from None
    if child.returncode == _REFUSED:
        raise Unreadable(child.stderr.decode())
    if child.returncode:
        raise Unreadable(f"{name}：读取时超出内存限制，已放弃。")
    document = _Values(io.BytesIO(child.stdout)).load()
    assert isinstance(document, Document)
    return document


class _Values(pickle.Unpickler):
    """Takes nothing but our values from a child that handled a stranger's file."""

    def find_class(self, module: str, name: str) -> type:
        try:
            return _VALUES[f"{module}.{name}"]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name}") from None


def _child(name: str, region: str, year: int, megabytes: int) -> int:
    limit = megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    from knowledge.reading.files import read_file  # the parsers, under the limit

    try:
        document = read_file(name, sys.stdin.buffer.read(), region=region, year=year)
    except Unreadable as refused:
        sys.stderr.buffer.write(str(refused).encode())
        return _REFUSED
    sys.stdout.buffer.write(pickle.dumps(document))
    return 0


if __name__ == "__main__":
    sys.exit(_child(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
