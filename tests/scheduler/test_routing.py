"""Up the ladder, past who cannot be reached, near before far, and evenly."""

from datetime import timedelta

from scheduler.routing import choose, newly_skipped
from storage.answerers import Answerer
from storage.questions import Waiting
from storage.roster import EXPERT, LEADER, TUTOR, Recipient
from storage.turns import LATE, UNREACHABLE, Turn
from tests.cast import MORNING

QUESTION = Waiting(1, "?", "", MORNING, province="云南", subject="语文", asker_role="学员")


def answerer(id: int, role: str, *, subject: str = "", chat: bool = True) -> Answerer:
    chat_id = id if chat else None
    return Answerer(Recipient(id, f"{role}{id}", chat_id=chat_id, subject=subject), role)


def turn(person: int, role: str, outcome: str = LATE) -> Turn:
    until = MORNING + timedelta(hours=1)
    return Turn(person, 1, person, "", role, until, MORNING, ended_at=until, outcome=outcome)


LEADER_1, TUTOR_2, EXPERT_3 = answerer(1, LEADER), answerer(2, TUTOR), answerer(3, EXPERT)


def chosen(
    answerers: list[Answerer], history: list[Turn], busy: dict[int, int] | None = None
) -> int | None:
    found = choose(QUESTION, answerers, history, busy or {}).chosen
    return found.person.id if found else None


def test_each_rung_in_turn_and_nobody_twice() -> None:
    everybody = [EXPERT_3, TUTOR_2, LEADER_1, answerer(4, EXPERT)]
    history: list[Turn] = []
    asked = []
    while (one := chosen(everybody, history)) is not None:
        asked.append(one)
        history.append(turn(one, next(a.role for a in everybody if a.person.id == one)))

    assert asked == [1, 2, 3, 4]


def test_who_cannot_be_reached_is_skipped_once_and_may_come_back() -> None:
    away = answerer(1, LEADER, chat=False)
    first = choose(QUESTION, [away, TUTOR_2], [], {})
    assert (first.chosen, first.skipped) == (TUTOR_2, (away,))

    history = [turn(1, LEADER, UNREACHABLE)]
    assert list(newly_skipped(first, history)) == []
    assert chosen([LEADER_1, TUTOR_2], history) == 1


def test_the_right_subject_goes_before_less_work_and_less_work_before_the_number() -> None:
    own, other = answerer(5, EXPERT, subject="语文"), answerer(4, EXPERT, subject="数学")

    assert chosen([other, own], [turn(2, TUTOR)], {5: 9}) == 5
    assert chosen([EXPERT_3, answerer(6, EXPERT)], [turn(2, TUTOR)], {3: 2, 6: 1}) == 6


def test_a_few_experts_are_enough() -> None:
    history = [turn(number, EXPERT) for number in (3, 4, 5)]

    assert chosen([answerer(6, EXPERT)], history) is None
