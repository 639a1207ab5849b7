"""`@bot 报到` in any chat."""

from typing import Any

from aiogram.methods import AnswerInlineQuery
from aiogram.types import InlineQueryResultArticle, InputTextMessageContent

from tests.cast import LIN_CHAT
from tests.handlers.conftest import NewChat
from tests.handlers.scripted import ScriptedLibrary
from tests.handlers.wire import person


async def test_public_answers_are_offered_and_nothing_of_the_asker_goes_in(
    new_chat: NewChat,
) -> None:
    library = ScriptedLibrary()
    chat = await new_chat(library)

    async def typed(words: str) -> list[Any]:
        query = {"id": "1", "from": person(LIN_CHAT), "query": words, "offset": ""}
        await chat.update(inline_query=query)
        answer = chat.telegram.sent[-1]
        assert isinstance(answer, AnswerInlineQuery)
        assert (answer.is_personal, answer.cache_time) == (False, 60)
        return answer.results

    [article] = await typed("云南什么时候报到")
    assert isinstance(article, InlineQueryResultArticle)
    assert isinstance(article.input_message_content, InputTextMessageContent)
    assert article.title == "25号"
    assert article.input_message_content.message_text == (
        "<b>云南什么时候报到</b>\n<b>25号</b>\n原为8号。\n来源：&lt;通知&gt;"
    )
    assert [one.title for one in await typed("什么时候报到")] == ["25号"]  # of two meant, one known
    assert await typed("食堂几点开门") == []
    assert await typed("报") == []
    assert {(asker.province, asker.role) for _, asker, _ in library.asked} == {("", "")}
