"""For whom a command is: what the menu shows, not what is allowed."""

from dataclasses import dataclass

from storage.roster import COORDINATOR, EXPERT, LEADER, TUTOR, Recipient

MEMBER, STRANGER = "在名单上", "不在名单上"

EVERYBODY = frozenset({MEMBER, STRANGER, COORDINATOR})
ON_THE_ROSTER = frozenset({MEMBER, COORDINATOR})
WITH_TASKS = frozenset({MEMBER})
LOOKING_AFTER = frozenset({LEADER, TUTOR, EXPERT, COORDINATOR})
INVITING = frozenset({LEADER, COORDINATOR})
POSTING = frozenset({TUTOR, EXPERT, COORDINATOR})
COORDINATING = frozenset({COORDINATOR})


@dataclass(frozen=True, slots=True)
class Command:
    words: str
    whose: frozenset[str] = EVERYBODY
    in_groups: bool = False


def audiences_of(person: Recipient | None) -> frozenset[str]:
    if person is None or not (person.roles or person.coordinator):
        return frozenset({STRANGER})
    roles = {one.role for one in person.roles}
    return frozenset(
        roles | ({MEMBER} if roles else set()) | ({COORDINATOR} if person.coordinator else set())
    )
