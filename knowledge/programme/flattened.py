"""A schedule table that a machine flattened into one line: no column marks are left."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.chinese.dates import find_dates
from knowledge.chinese.normal import simplified
from knowledge.chinese.numerals import folded
from knowledge.programme.headings import is_column_word, is_role
from knowledge.programme.printed import MARKS, PrintedPlan, PrintedStage, task_lists

_FIRST_TASK = rf"(?:[{re.escape(MARKS)}]\s*)*\(?1\s*[.、)](?!\d)"
_NAME_AND_TASK = re.compile(rf"\s*[)）]?\s*(?P<name>[^\s\d,。;:]{{2,16}})\s+{_FIRST_TASK}")
_TASK_AT_ONCE = re.compile(rf"\s*[)）]?\s*{_FIRST_TASK}")
_NAME_BEFORE = re.compile(r"(?:^|[\s。;])(?P<name>[^\s\d,。;:()（）]{2,16})\s*[(（]?\s*$")


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a stage begins in the line: 7月下旬-9月30日 分散研修 * 1."""

    begin: int
    stop: int
    name: str
    when: str


def flattened_plan(text: str) -> PrintedPlan | None:
    """The plan that the line holds; None where it is no flattened schedule."""
    openings = list(_openings(text))
    if not openings:
        return None
    title, roles = _header(text[: openings[0].begin])
    if len(roles) < 2:
        return None
    stops = [opening.begin for opening in openings[1:]] + [len(text)]
    doubts: list[str] = []
    stages = [
        _stage(opening, text[opening.stop : stop], roles, doubts)
        for opening, stop in zip(openings, stops, strict=True)
    ]
    return PrintedPlan(title, tuple(stages), tuple(doubts))


def _openings(text: str) -> Iterator[_Opening]:
    plain = folded(text)
    for mention in find_dates(text):
        if after := _NAME_AND_TASK.match(plain, mention.stop):
            name_end = after.end("name")
            name = text[after.start("name") : name_end]
            yield _Opening(mention.begin, name_end, name, mention.text)
        elif _TASK_AT_ONCE.match(plain, mention.stop) and (
            before := _NAME_BEFORE.search(plain[: mention.begin])
        ):
            name = text[before.start("name") : before.end("name")]
            yield _Opening(before.start("name"), mention.stop, name, mention.text)


def _header(text: str) -> tuple[str, tuple[str, ...]]:
    """Title and roles: the words before the first and after the last word for a column."""
    tokens = text.split()
    columns = [at for at, token in enumerate(tokens) if is_column_word(token)]
    if columns:
        title, roles = tokens[: columns[0]], tokens[columns[-1] + 1 :]
    else:
        first = next((at for at, token in enumerate(tokens) if is_role(token)), len(tokens))
        title, roles = tokens[:first], tokens[first:]
    return " ".join(title), tuple(simplified(role) for role in roles)


def _stage(opening: _Opening, text: str, roles: tuple[str, ...], doubts: list[str]) -> PrintedStage:
    lists = task_lists(text)
    if len(lists) != len(roles):
        doubts.append(
            f"“{opening.name}”阶段有{len(lists)}组任务，表头有{len(roles)}个角色，请核对各组属于谁。"
        )
    return PrintedStage(opening.name, opening.when, tuple(zip(roles, lists, strict=False)))
