"""A roster file to people: each row is understood, or refused with its reason."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from knowledge.answering.roles import ALIASES
from knowledge.chinese.normal import normal
from knowledge.chinese.regions import canonical, province_in
from knowledge.documents import Unreadable
from knowledge.rosters import columns
from knowledge.rosters.columns import fields_of
from knowledge.rosters.sheets import Line, lines_of
from knowledge.rosters.values import RefusedRow, Roster, RosterRow
from knowledge.visible import visible

PARTICIPANT, LEADER, TUTOR, EXPERT, COORDINATOR = "学员", "组长", "指导教师", "省级专家", "项目办"
_NEEDS_GROUP = (LEADER,)
_HEADINGS_WITHIN = 20  # rows of titles and remarks above the headings
_LONGEST_NAME = 40
_NOT_A_NAME = re.compile(r"[\d@<>{}\[\]\\/=|]|合计|总计|^(?:姓名|备注|说明|注[:：])")
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_SEPARATOR = re.compile(r"[、,，;；/|\n]+|\s{1,}和\s{1,}")
_LEFT = re.compile(r"退出|退训|离开|离职|调离|调出|停用|删除|未?参训否|^否$|不参加")
_MORE_ALIASES = {  # as sheets have them, beside what people say in questions
    COORDINATOR: (
        "管理员",
        "项目管理员",
        "项目负责人",
        "班主任",
        "承训机构",
        "项目办公室",
        "协调员",
    ),
    PARTICIPANT: ("教师", "学员教师", "参训者", "普通教师", "组员", "成员"),
    LEADER: ("副组长", "班长"),
}


def read_roster(
    name: str, content: bytes, *, role: str = "", known_roles: Collection[str] = ()
) -> Roster:
    """`role`: for everybody, where the sheet has no column of roles. `known_roles`: what the
    programmes call theirs, besides the usual ones. Raises Unreadable."""
    lines = lines_of(name, content)
    headings, fields = _headings(name, lines)
    reader = _Rows(fields, role, known_roles)
    for line in lines:
        reader.take(line)
    return Roster(
        tuple(reader.rows),
        tuple(reader.refused),
        tuple((headings[column], columns.SAID[field]) for column, field in fields.items()),
    )


def _headings(name: str, lines: Iterator[Line]) -> tuple[list[str], dict[int, str]]:
    for _, (_, cells) in zip(range(_HEADINGS_WITHIN), lines, strict=False):
        fields = fields_of(cells)
        if columns.NAME in fields.values() and len(fields) > 1:
            return cells, fields
        if columns.NAME in fields.values() and len([cell for cell in cells if cell]) == 1:
            return cells, fields
    raise Unreadable(
        f"{name}：找不到表头，至少要有“姓名”一列（可再有角色、研修组、学校、手机号等）。"
    )


class _Rows:
    def __init__(self, fields: Mapping[int, str], role: str, known_roles: Collection[str]) -> None:
        self._fields, self._role, self._known_roles = fields, role, known_roles
        self.rows: list[RosterRow] = []
        self.refused: list[RefusedRow] = []
        self._lines: dict[tuple[str, ...], int] = {}  # whom we have had, and where

    def take(self, line: Line) -> None:
        number, cells = line
        said = self._said(cells)
        if not said:
            return
        role = self._role or PARTICIPANT
        if columns.ROLE in self._fields.values():
            role = role_of(said.get(columns.ROLE, ""), self._known_roles)
        row, reason = _row(number, said, role)
        reason = reason or self._doubled(row)
        if reason:
            self.refused.append(RefusedRow(number, said.get(columns.NAME, ""), reason))
        else:
            self.rows.append(row)

    def _said(self, cells: list[str]) -> dict[str, str]:
        """Several columns of places (市, 县) are one."""
        said: dict[str, str] = {}
        for column, field in self._fields.items():
            text = visible(cells[column]).strip() if column < len(cells) else ""
            if text:
                said[field] = said.get(field, "") + text
        return said

    def _doubled(self, row: RosterRow) -> str:
        for kind, key in _identities(row):
            if key in self._lines:
                return f"与第{self._lines[key]}行{kind}"
        for _, key in _identities(row):
            self._lines[key] = row.line
        return ""


def _identities(row: RosterRow) -> Iterable[tuple[str, tuple[str, ...]]]:
    """In one programme a telephone is one person's; without one, name, school and group are."""
    if row.phone:
        yield "手机号相同", (row.programme, "phone", row.phone)
    else:
        key = (row.programme, row.name, row.school, row.area, *row.groups)
        yield "重复（姓名、学校和组都相同）", key


def _row(line: int, said: Mapping[str, str], role: str) -> tuple[RosterRow, str]:
    phone, bad_phone = _phone(said.get(columns.PHONE, ""))
    area = said.get(columns.AREA, "")
    row = RosterRow(
        line=line,
        name=said.get(columns.NAME, ""),
        role=role,
        groups=_groups(said.get(columns.GROUP, "")),
        programme=said.get(columns.PROGRAMME, ""),
        province=canonical(said.get(columns.PROVINCE, "")) or next(iter(province_in(area)), ""),
        area=area[:60],
        subject=said.get(columns.SUBJECT, "")[:40],
        school=said.get(columns.SCHOOL, "")[:100],
        phone=phone,
        left=bool(_LEFT.search(said.get(columns.STATE, ""))),
    )
    return row, _reason(row, said, bad_phone)


def _reason(row: RosterRow, said: Mapping[str, str], bad_phone: str) -> str:
    if not row.name:
        return "没有姓名"
    if len(row.name) > _LONGEST_NAME or _NOT_A_NAME.search(row.name):
        return f"“{row.name[:20]}”不像姓名"
    if not row.role:
        printed = said.get(columns.ROLE, "")
        return f"不认识角色“{printed[:20]}”" if printed else "没有角色"
    if bad_phone:
        return bad_phone
    if row.role in _NEEDS_GROUP and not row.groups and not row.left:
        return f"{row.role}没有写研修组"
    if len(row.groups) > 1 and row.role in (PARTICIPANT, LEADER):
        return f"{row.role}只能在一个组，写了{len(row.groups)}个"
    return ""


def role_of(text: str, known_roles: Collection[str] = ()) -> str:
    """The role in its usual name; "" for what is none."""
    bare = normal(text).replace(" ", "")
    if bare in known_roles:
        return bare
    for name in (*ALIASES, COORDINATOR):
        if bare in (name, *ALIASES.get(name, ()), *_MORE_ALIASES.get(name, ())):
            return name
    return ""


def _groups(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part[:100] for part in _SEPARATOR.split(text) if part))


def _phone(text: str) -> tuple[str, str]:
    digits = re.sub(r"[\s\-—()（）]", "", normal(text))
    if not digits:
        return "", ""
    hit = _MOBILE.fullmatch(digits)
    return (hit[1], "") if hit else ("", "手机号不对（应是11位）")
