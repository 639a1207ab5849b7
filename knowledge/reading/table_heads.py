"""Tables whose head takes two rows: 名额（人） over 高中 and 初中 becomes 名额（人）高中, …."""

import re
from dataclasses import replace

from knowledge.notices import Table

_LONGEST_HEAD = 15
_MOST_ROWS = 3


def with_one_header(table: Table) -> Table:
    """The table with the second row taken into the header, where that row is part of the head."""
    for _ in range(_MOST_ROWS - 1):
        if not table.rows or not _goes_on(table.header, table.rows[0]):
            break
        below = table.rows[0]
        header = tuple(map(_joined, table.header, below))
        table = replace(table, header=header, rows=table.rows[1:])
    return table


def _goes_on(header: tuple[str, ...], below: tuple[str, ...]) -> bool:
    """One head stands over two that differ, every other one over itself or nothing."""
    if len(set(below)) < 2 or any(
        re.search(r"\d", cell) or len(cell) > _LONGEST_HEAD for cell in below
    ):
        return False
    shared = {head for at, head in enumerate(header[1:], 1) if head and head == header[at - 1]}
    split = any(
        header[at] == header[at - 1] in shared and below[at] != below[at - 1]
        for at in range(1, len(header))
    )
    return split and all(
        head in shared or cell in ("", head) for head, cell in zip(header, below, strict=True)
    )


def _joined(head: str, cell: str) -> str:
    return head if cell in ("", head) else f"{head}{cell}"
