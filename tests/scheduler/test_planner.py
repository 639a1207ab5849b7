"""What is said to whom on which day."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from scheduler.hours import Hours, QuietHours
from scheduler.planner import dry_run, items_for
from storage.roster import Recipient, RoleIn
from tests.cast import PROGRAMME, PROGRAMME_CODE, SHANGHAI

LIN = Recipient(1, "林晓", (RoleIn(PROGRAMME_CODE, "学员"),), chat_id=7)
CHEN = Recipient(2, "陈波", (RoleIn(PROGRAMME_CODE, "组长"),), chat_id=8)


def said(recipient: Recipient, day: date) -> list[tuple[str, str]]:
    return [(item.kind, item.title) for item in items_for([PROGRAMME], recipient, day)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2015, 9, 1), [("stage_opens", "第一阶段")]),
        (date(2015, 9, 12), []),
        (date(2015, 9, 13), [("due_in_7", "读书笔记")]),
        (date(2015, 9, 17), [("due_in_3", "读书笔记")]),
        (date(2015, 9, 19), [("due_in_1", "读书笔记")]),
        (date(2015, 9, 20), [("due_today", "读书笔记")]),
        (date(2015, 9, 21), [("overdue", "读书笔记")]),
        (date(2015, 9, 22), []),
        (date(2015, 9, 28), [("overdue", "读书笔记")]),  # every week
        (date(2015, 9, 23), [("due_in_7", "观课报告")]),  # without a date of its own: stage's end
        (date(2015, 10, 1), [("stage_opens", "第二阶段"), ("overdue", "观课报告")]),
        (date(2015, 11, 30), [("overdue", "读书笔记")]),
        (date(2015, 12, 3), []),  # a month after the end nobody is urged any more
    ],
)
def test_a_participant_hears_of(day: date, expected: list[tuple[str, str]]) -> None:
    assert said(LIN, day) == expected


def test_a_role_hears_of_its_own_tasks_only() -> None:
    assert said(CHEN, date(2015, 9, 20)) == [("due_in_1", "收齐读书笔记")]


def test_two_roles_make_one_list_most_urgent_first() -> None:
    both = replace(LIN, roles=(RoleIn("other", "组长"), *LIN.roles))
    other = replace(PROGRAMME, code="other")

    items = items_for([PROGRAMME, other], both, date(2015, 9, 20))

    assert [(i.programme.code, i.title) for i in items] == [
        (PROGRAMME_CODE, "读书笔记"),
        ("other", "收齐读书笔记"),
    ]


def test_what_is_done_is_not_spoken_of() -> None:
    done = frozenset({(LIN.id, PROGRAMME_CODE, "学员-读书笔记")})

    assert items_for([PROGRAMME], LIN, date(2015, 9, 20), done=done) == []


def at(hour: int, minute: int = 0, day: int = 17) -> datetime:
    return datetime(2015, 9, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("own_hour", "quiet", "window"),
    [
        (None, QuietHours(), (at(8), at(22))),
        (time(19, 30), QuietHours(), (at(19, 30), at(22))),
        (time(5), QuietHours(), (at(7), at(22))),
        (time(7), QuietHours(), (at(7), at(22))),
        (time(22), QuietHours(), (at(21), at(22))),
        (time(23, 30), QuietHours(), (at(21), at(22))),
        (time(0), QuietHours(), (at(7), at(22))),
        (time(13), QuietHours(time(12), time(14)), (at(14), at(0, day=18))),
        (time(8), QuietHours(time(0), time(6)), (at(8), at(0, day=18))),
        (time(8), QuietHours(time(22), time(22)), (at(8), at(0, day=18))),
    ],
)
def test_the_own_hour_is_moved_out_of_the_quiet_hours(
    own_hour: time | None, quiet: QuietHours, window: tuple[datetime, datetime]
) -> None:
    assert Hours(quiet=quiet).kept_by(own_hour, None).window(date(2015, 9, 17)) == window


@pytest.mark.parametrize(
    ("moment", "until"),
    [(at(23), at(7, day=18)), (at(3), at(7)), (at(22), at(7, day=18))],
)
def test_quiet_hours_end_in_the_morning(moment: datetime, until: datetime) -> None:
    assert Hours().is_quiet(moment)
    assert Hours().quiet_until(moment) == until


def test_a_dry_run_lists_day_by_day_even_without_a_chat() -> None:
    offline = replace(LIN, chat_id=None)

    lines = dry_run([PROGRAMME], [offline, CHEN], date(2015, 9, 19), date(2015, 9, 20))

    assert [(r.on.day, r.person, r.role, r.title, r.due.day, r.kind) for r in lines] == [
        (19, "林晓", "学员", "读书笔记", 20, "due_in_1"),
        (20, "林晓", "学员", "读书笔记", 20, "due_today"),
        (20, "陈波", "组长", "收齐读书笔记", 21, "due_in_1"),
    ]
