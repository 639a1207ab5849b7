"""Who decides is asked once, and sees what became of it."""

import pytest

from knowledge.programme.values import Programme
from scheduler import joining_letters, outbox
from scheduler.joining_letters import JoiningLetters
from scheduler.letters import Edit, Letter, NothingToSay, Text
from storage import invitations, join_requests
from storage.database import Sessions
from storage.join_requests import Arrival
from storage.roster import PARTICIPANT, TELEGRAM, TUTOR
from tests.cast import MORNING, PROGRAMME, PROGRAMME_CODE, enroll
from tests.databases import Database


@pytest.fixture
async def sessions(sqlite: Database) -> Sessions:
    async with sqlite.sessions.begin() as session:
        await enroll(session)
    return sqlite.sessions


async def programmes() -> list[Programme]:
    return [PROGRAMME]


async def asked(sessions: Sessions, role: str, group: int | None = None) -> int:
    async with sessions.begin() as session:
        token = await invitations.make(
            session, role=role, programme=PROGRAMME_CODE, group_id=group, now=MORNING
        )
        made = await invitations.by_token(session, token)
        assert made
        request_id = await join_requests.ask(
            session, made.id, Arrival(TELEGRAM, 9, "钱<明>"), MORNING
        )
        assert await joining_letters.ask(session, request_id, MORNING) == 1
        assert await joining_letters.ask(session, request_id, MORNING) == 0
    return request_id


async def claimed(sessions: Sessions) -> list[Letter]:
    async with sessions.begin() as session:
        return await outbox.claim(session, "me", now=MORNING)


@pytest.mark.parametrize(
    ("role", "group", "name"), [(TUTOR, None, "赵宁"), (PARTICIPANT, 1, "陈波")]
)
async def test_from_the_question_to_the_decision(
    sessions: Sessions, role: str, group: int | None, name: str
) -> None:
    letters = JoiningLetters(sessions, programmes)
    request_id = await asked(sessions, role, group)
    [letter] = await claimed(sessions)

    text = await letters.ask(letter, MORNING)
    assert isinstance(text, Text)
    assert f"“钱&lt;明&gt;”想以{role}身份加入《东山县2015年教师研修》" in text.html
    assert [button.data for button in text.buttons[0]] == [
        f"jn:y:{request_id}",
        f"jn:n:{request_id}",
    ]
    async with sessions.begin() as session:
        assert await outbox.begin_sending(session, letter, text.html, now=MORNING)
        assert await outbox.mark_sent(session, letter, 77, now=MORNING)
        by = letter.person_id or 0
        await join_requests.decide(session, request_id, accepted=False, by=by, now=MORNING)
        request = await join_requests.find(session, request_id)
        assert request
        await joining_letters.tell(session, request, "没有通过", MORNING)

    assert await letters.ask(letter, MORNING) == NothingToSay()
    told, settled = await claimed(sessions)
    assert (told.chat_id, told.data) == (9, {"html": "没有通过"})
    edit = await letters.decided(settled, MORNING)
    assert isinstance(edit, Edit)
    assert edit.message_id == 77
    assert edit.html.endswith(f"<b>没有同意</b>（{name}）")
    assert edit.buttons == ()
