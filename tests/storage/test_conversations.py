"""Conversations and questions that outlive a restart."""

from storage import conversations, questions
from storage.conversations import Conversation
from storage.database import Sessions
from tests.cast import MORNING


async def test_a_conversation_is_kept_changed_and_cleared(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await conversations.put(session, "7:7", state="ask", data={"问": [1]}, now=MORNING)
        await conversations.put(session, "7:7", state="confirm", data={"问": [2]}, now=MORNING)
        await conversations.put(session, "8:8", state=None, data={}, now=MORNING)
    async with sessions() as session:
        assert await conversations.get(session, "7:7") == Conversation("confirm", {"问": [2]})

    async with sessions.begin() as session:
        await conversations.clear(session, "7:7")
    async with sessions() as session:
        assert await conversations.get(session, "7:7") == Conversation()


async def test_a_question_waits_once_however_it_is_spaced(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        first = await questions.add_open(session, "可以 补报名吗？", now=MORNING)
        second = await questions.add_open(session, " 可以补报名吗？\n", now=MORNING)

    async with sessions() as session:
        waiting = await questions.waiting(session)
    assert (first, second) == (True, False)
    assert [question.text for question in waiting] == ["可以 补报名吗？"]
