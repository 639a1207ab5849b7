"""What a roster says of each person, and which of its rows cannot be used."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person's part in one programme, as the roster has it. Empty: the roster does not say."""

    line: int  # as the sheet counts, from 1
    name: str
    role: str
    groups: tuple[str, ...] = ()  # more than one only for those who guide several
    programme: str = ""  # code or title
    province: str = ""
    area: str = ""
    subject: str = ""
    school: str = ""
    phone: str = ""  # eleven digits
    left: bool = False  # the roster says that they left


@dataclass(frozen=True, slots=True)
class RefusedRow:
    line: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Roster:
    rows: tuple[RosterRow, ...]
    refused: tuple[RefusedRow, ...]
    columns: tuple[tuple[str, str], ...]  # heading as printed, what it was understood to be
