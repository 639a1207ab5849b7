"""The buttons under a group's progress.

gr:now · gr:a:<programme>:<view>[:<first>] all groups, to be chosen from there on ·
gr:g:<group>:<view> one group · gr:n:<group>:<task> nudge · gr:x:<programme>:<group> table."""

from collections.abc import Iterator
from datetime import date

from aiogram.types import InlineKeyboardButton as Button
from aiogram.types import InlineKeyboardMarkup

from handlers.groups.pages import GroupPage
from handlers.texts import group as texts
from handlers.texts.tasks import stage_label
from scheduler.short_names import short_name
from scheduler.texts import shortened as cut

IN_A_ROW = 2
GROUPS_SHOWN = 40  # Telegram takes a hundred buttons
ANEW = "gr:now"


def group_buttons(page: GroupPage, today: date) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=list(_rows(page, today)))


def _rows(page: GroupPage, today: date) -> Iterator[list[Button]]:
    code = short_name(page.care.programme.code)
    yield from _in_rows(list(_nudges(page, today)))
    if page.group is None:
        yield from _to_choose(page)
        place = f"gr:a:{code}"
    else:
        place = f"gr:g:{page.group.id}"
    yield from _in_rows(
        [
            Button(text=stage_label(stage, today), callback_data=f"{place}:{number}")
            for number, stage in page.others
        ]
    )
    last = [
        Button(
            text=texts.EXPORT,
            callback_data=f"gr:x:{code}:{page.group.id if page.group else 0}",
        )
    ]
    if page.group and len(page.care.groups) > 1:
        first = page.care.groups.index(page.group) // GROUPS_SHOWN * GROUPS_SHOWN
        last.insert(0, Button(text=texts.BACK, callback_data=_to_overview(page, first)))
    yield last


def _to_choose(page: GroupPage) -> Iterator[list[Button]]:
    groups, first = page.care.groups, page.first
    shown = groups[first : first + GROUPS_SHOWN]
    yield from _in_rows(
        [
            Button(text=cut(group.name, 20), callback_data=f"gr:g:{group.id}:{page.view}")
            for group in shown
        ]
    )
    before, after = first, len(groups) - first - len(shown)
    turning = []
    if shown and before:
        earlier = max(0, first - GROUPS_SHOWN)
        label = texts.earlier_label(before)
        turning.append(Button(text=label, callback_data=_to_overview(page, earlier)))
    if after > 0:
        label = texts.later_label(after)
        turning.append(Button(text=label, callback_data=_to_overview(page, first + GROUPS_SHOWN)))
    if turning:
        yield turning


def _to_overview(page: GroupPage, first: int) -> str:
    return f"gr:a:{short_name(page.care.programme.code)}:{page.view}:{first}"


def _nudges(page: GroupPage, today: date) -> Iterator[Button]:
    """For what has begun; nobody is pressed to do what is far ahead."""
    for number, state in enumerate(page.tasks, start=1):
        if page.group and state.missing and state.stage.starts <= today:
            ref = short_name(page.care.programme.code, state.task.code)
            yield Button(
                text=texts.nudge_label(number, len(state.missing)),
                callback_data=f"gr:n:{page.group.id}:{ref}",
            )


def _in_rows(buttons: list[Button]) -> Iterator[list[Button]]:
    for at in range(0, len(buttons), IN_A_ROW):
        yield buttons[at : at + IN_A_ROW]
