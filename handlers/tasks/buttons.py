"""The buttons under a list of tasks: the number, done, undo, one more, one less, other stages.

tk:d:<ref>:<view> done · tk:u:<ref>:<view> undo · tk:c:<ref>:<view>:<seen>:<by> count ·
tk:s:<programme>:<view> another stage · tk:now a new list."""

from collections.abc import Iterable, Iterator
from datetime import date

from aiogram.types import InlineKeyboardButton as Button
from aiogram.types import InlineKeyboardMarkup

from handlers import texts as menu
from handlers.groups.pages import LOOK_AFTER_OTHERS
from handlers.tasks.timetable import NOW, Duty, Page
from handlers.texts import tasks as texts
from knowledge.programme.quotas import counted
from knowledge.programme.values import Programme
from scheduler.short_names import short_name
from scheduler.texts import shortened as cut

IN_A_ROW = 4
STAGES_IN_A_ROW = 2
TITLE_ON_A_BUTTON = 30
ANEW = "tk:now"
GROUPS = "gr:now"


def page_buttons(page: Page, today: date) -> InlineKeyboardMarkup | None:
    rows = list(_rows(page, today))
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def ended_buttons(programmes: Iterable[Programme]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                Button(
                    text=cut(programme.title, TITLE_ON_A_BUTTON),
                    callback_data=f"tk:s:{short_name(programme.code)}:{NOW}",
                )
            ]
            for programme in programmes
        ]
    )


def to_my_tasks() -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[Button(text=texts.TO_MY_TASKS, callback_data=ANEW)]]
    )


def _rows(page: Page, today: date) -> Iterator[list[Button]]:
    numbered = list(enumerate(page.duties, start=1))
    yield from _in_rows(
        (
            _mark("d", texts.done_label(number), duty, page)
            for number, duty in numbered
            if not duty.done
        ),
        IN_A_ROW,
    )
    for number, duty in numbered:
        if counted(duty.task) and not _pressed(duty):
            yield list(_counting(number, duty, page))
    yield from _in_rows(
        (
            _mark("u", texts.undo_label(number), duty, page)
            for number, duty in numbered
            if _pressed(duty)
        ),
        IN_A_ROW,
    )
    code = short_name(page.programme.code)
    if page.role in LOOK_AFTER_OTHERS:
        yield [Button(text=menu.MY_GROUP, callback_data=GROUPS)]
    yield from _in_rows(
        (
            Button(text=texts.stage_label(stage, today), callback_data=f"tk:s:{code}:{number}")
            for number, stage in page.others
        ),
        STAGES_IN_A_ROW,
    )


def _counting(number: int, duty: Duty, page: Page) -> Iterator[Button]:
    seen = duty.progress.count
    for by in (-1, 1):
        if by > 0 or seen > duty.progress.credited:
            yield Button(
                text=texts.count_label(number, by),
                callback_data=f"tk:c:{duty.ref}:{page.view}:{seen}:{by}",
            )


def _pressed(duty: Duty) -> bool:
    return duty.progress.done_at is not None


def _mark(what: str, label: str, duty: Duty, page: Page) -> Button:
    return Button(text=label, callback_data=f"tk:{what}:{duty.ref}:{page.view}")


def _in_rows(buttons: Iterable[Button], width: int) -> Iterator[list[Button]]:
    all_of_them = list(buttons)
    for at in range(0, len(all_of_them), width):
        yield all_of_them[at : at + width]
