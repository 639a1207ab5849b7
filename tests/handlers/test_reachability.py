"""Who blocks the bot is left in peace; who writes again is reached again."""

from storage import people
from storage.roster import TELEGRAM
from tests.cast import LIN_CHAT, QIAN_CHAT
from tests.databases import Database
from tests.handlers.conftest import Chat, NewChat


async def reachable(database: Database) -> bool:
    async with database.sessions() as session:
        person = await people.person_of_account(session, TELEGRAM, LIN_CHAT)
    assert person
    return person.reachable


async def test_block_is_remembered(chat: Chat, sqlite: Database) -> None:
    await chat.becomes("kicked")

    assert not await reachable(sqlite)


async def test_unblocked_is_reached_again(chat: Chat, sqlite: Database) -> None:
    await chat.becomes("kicked")
    await chat.becomes("member")

    assert await reachable(sqlite)


async def test_who_writes_again_is_reached_again(chat: Chat, sqlite: Database) -> None:
    await chat.becomes("kicked")
    await chat.say("/help")

    assert await reachable(sqlite)


async def test_writing_in_a_group_does_not_open_the_private_chat(
    chat: Chat, group: Chat, sqlite: Database
) -> None:
    await chat.becomes("kicked")
    await group.say("@yanxiu_bot 你好")

    assert not await reachable(sqlite)


async def test_stranger_who_blocks_changes_nothing(new_chat: NewChat, sqlite: Database) -> None:
    chat = await new_chat(user=QIAN_CHAT)

    await chat.becomes("kicked")

    assert await reachable(sqlite)
