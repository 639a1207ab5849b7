"""`@bot 报到` in any chat: public answers to be sent there, for nobody in particular."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.enums import ParseMode
from aiogram.types import (
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from handlers import texts
from handlers.conversation.html import bold, headed, pieces
from handlers.texts.questions import shortened
from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer, Asker, Clarify, Unknown, Verdict

KEPT_S = 60  # seconds that Telegram may answer the same words by itself
SHORTEST = 2
TITLE, DESCRIPTION = 60, 120


def router() -> Router:
    here = Router(name="inline")
    here.inline_query.register(offer)
    return here


async def offer(query: InlineQuery, library: Library, now: datetime, zone: ZoneInfo) -> None:
    """Nothing of who asks goes in: what is cached for one is shown to the next."""
    question = query.query.strip()[: texts.QUESTION_LONGEST]
    asker = Asker(now.astimezone(zone).date())
    found = list(answers(question, library, asker)) if len(question) >= SHORTEST else []
    await query.answer(
        [article(asked, answer) for asked, answer in found], cache_time=KEPT_S, is_personal=False
    )


def answers(question: str, library: Library, asker: Asker) -> Iterator[tuple[str, Answer]]:
    """The answer; where more than one thing may be meant, that of each."""
    verdict: Verdict = library.ask(question, asker)
    match verdict:
        case Answer():
            yield from [(question, verdict)] if verdict.sources else []
        case Clarify(options=options):
            for option in options:
                answer = library.ask(option.question, asker)
                if isinstance(answer, Answer) and answer.sources:
                    yield option.label, answer
        case Unknown():
            pass


def article(question: str, answer: Answer) -> InlineQueryResultArticle:
    first, _, rest = answer.text.partition("\n")
    html = f"{bold(question)}\n{headed(answer.text)}"
    return InlineQueryResultArticle(
        id=sha256(f"{question}\n{answer.text}".encode()).hexdigest()[:32],
        title=shortened(first, TITLE),
        description=shortened(rest or question, DESCRIPTION),
        input_message_content=InputTextMessageContent(
            message_text=pieces(html)[0],
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
    )
