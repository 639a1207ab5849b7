"""The preview of a bulletin: what it will be, and the buttons that change it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from aiogram.types import InlineKeyboardButton as Button
from aiogram.types import InlineKeyboardMarkup

from handlers.texts import bulletins as texts
from knowledge.programme.values import Programme
from storage.roster import Group

IN_A_ROW = 2
ON_A_PAGE = 20  # groups; more are all chosen or none


@dataclass(frozen=True, slots=True)
class Draft:
    """`number` stands in the buttons: those of an older preview do nothing."""

    number: str
    url: str
    title: str
    programme: str
    kind: str
    stage: str
    groups: tuple[int, ...]  # chosen
    own_title: bool = False  # written by the author, not suggested


def to_data(draft: Draft) -> dict[str, Any]:
    return asdict(draft)


def from_data(data: dict[str, Any]) -> Draft | None:
    """None: nothing is being drafted, or an older version kept it in another shape."""
    try:
        return Draft(**{**data, "groups": tuple(data["groups"])})
    except (KeyError, TypeError):
        return None


def stages_of(programme: Programme) -> list[str]:
    return [*(stage.name for stage in programme.stages), ""]


def toggled(draft: Draft, reach: Sequence[Group], what: str) -> Draft:
    """`what`: g7, the group; a2, all groups of the third area, in or out together."""
    number = int(what[1:])
    if what[0] == "g":
        those = {group.id for group in reach if group.id == number}
    else:
        area = dict(enumerate(areas_of(reach))).get(number)
        those = {group.id for group in reach if group.area == area}
    chosen = set(draft.groups)
    chosen = chosen - those if those <= chosen else chosen | those
    return replace(draft, groups=tuple(sorted(chosen)))


def areas_of(reach: Sequence[Group]) -> list[str]:
    return sorted({group.area for group in reach})


def card_buttons(
    draft: Draft,
    programme: Programme,
    groups: int,
    *,
    several_kinds: bool,
    several_programmes: bool,
) -> InlineKeyboardMarkup:
    def button(label: str, what: str) -> Button:
        return Button(text=label, callback_data=f"bl:{what}:{draft.number}")

    rows = [[button(texts.kind_label(draft.kind), "k")]] if several_kinds else []
    rows.append([button(texts.stage_label(draft.stage), "s")])
    if several_programmes:
        rows.append([button(texts.programme_label(programme.title), "p")])
    if groups > 1:
        rows.append([button(texts.groups_label(len(draft.groups), groups), "g")])
    rows.append([button(texts.CHANGE_TITLE, "t"), button(texts.GIVE_UP, "no")])
    if draft.groups:
        rows.append([button(texts.post_label(len(draft.groups)), "ok")])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def choice_buttons(draft: Draft, what: str, names: Sequence[str]) -> InlineKeyboardMarkup:
    """One of them: the kind (k) or the stage (s)."""
    now = draft.stage if what == "s" else draft.kind
    rows = [
        [
            Button(
                text=texts.group_label(name or texts.NO_STAGE, chosen=name == now),
                callback_data=f"bl:{what}{at}:{draft.number}",
            )
        ]
        for at, name in enumerate(names)
    ]
    rows.append([Button(text=texts.BACK, callback_data=f"bl:b:{draft.number}")])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def group_buttons(draft: Draft, groups: Sequence[Group]) -> InlineKeyboardMarkup:
    """More than a page of groups is chosen by area."""
    areas = areas_of(groups)
    if len(groups) > ON_A_PAGE and 1 < len(areas) <= ON_A_PAGE:
        each = [_area_button(draft, groups, at, area) for at, area in enumerate(areas)]
    else:
        each = [
            Button(
                text=texts.group_label(group.name, chosen=group.id in draft.groups),
                callback_data=f"bl:g{group.id}:{draft.number}",
            )
            for group in groups[:ON_A_PAGE]
        ]
    rows = [each[at : at + IN_A_ROW] for at in range(0, len(each), IN_A_ROW)]
    rows.append(
        [
            Button(text=texts.ALL_GROUPS, callback_data=f"bl:ga:{draft.number}"),
            Button(text=texts.CHOSEN, callback_data=f"bl:b:{draft.number}"),
        ]
    )
    return InlineKeyboardMarkup(inline_keyboard=rows)


def to_manage(bulletin_id: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[Button(text=texts.WHO_READ, callback_data=f"bl:m:{bulletin_id}")]]
    )


def _area_button(draft: Draft, groups: Sequence[Group], at: int, area: str) -> Button:
    those = {group.id for group in groups if group.area == area}
    label = texts.group_label(
        f"{area or '不分地区'}（{len(those)} 组）", chosen=those <= set(draft.groups)
    )
    return Button(text=label, callback_data=f"bl:a{at}:{draft.number}")
