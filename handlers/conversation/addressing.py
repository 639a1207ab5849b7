"""Who is spoken to: everything in a private chat, in a group only what is meant for the bot."""

from aiogram import Bot
from aiogram.enums import ChatType
from aiogram.filters import BaseFilter
from aiogram.types import Message, MessageEntity

SENT_INSTEAD_OF_WORDS = {
    *("photo", "sticker", "voice", "video", "video_note", "animation", "audio", "document"),
    *("location", "venue", "contact", "poll", "dice", "story"),
}


class Addressed(BaseFilter):
    """Hands the handler `question`, the words without our name."""

    async def __call__(self, message: Message, bot: Bot) -> bool | dict[str, str]:
        text = message.text or message.caption or ""
        if not text and message.content_type not in SENT_INSTEAD_OF_WORDS:
            return False  # a pinned message, a changed title: nobody says anything
        if message.chat.type == ChatType.PRIVATE:
            return {"question": text.strip()}
        me = await bot.me()
        mentions = [
            entity for entity in entities_of(message) if names(entity, text, me.id, me.username)
        ]
        if not mentions and not replies_to(message, me.id):
            return False
        for entity in reversed(mentions):
            text = without(text, entity)
        question = " ".join(text.split())
        # a command that nobody here answers may be another bot's
        return False if question.startswith("/") else {"question": question}


def replies_to(message: Message, bot_id: int) -> bool:
    """In a topic, what replies to nothing has the topic's opening in that place."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created:
        return False
    return replied.from_user is not None and replied.from_user.id == bot_id


def entities_of(message: Message) -> list[MessageEntity]:
    return (message.entities if message.text else message.caption_entities) or []


def names(entity: MessageEntity, text: str, bot_id: int, username: str | None) -> bool:
    """By id where there is one: a name in plain words may be anybody's."""
    if entity.type == "text_mention":
        return entity.user is not None and entity.user.id == bot_id
    return entity.type == "mention" and written(entity, text).lower() == f"@{username}".lower()


def written(entity: MessageEntity, text: str) -> str:
    """Whatever the numbers say: they come from outside."""
    units = text.encode("utf-16-le")
    starts, ends = max(entity.offset, 0) * 2, max(entity.offset + entity.length, 0) * 2
    return units[starts:ends].decode("utf-16-le", "replace")


def without(text: str, entity: MessageEntity) -> str:
    """Entities count UTF-16 units."""
    written = text.encode("utf-16-le")
    starts, ends = entity.offset * 2, (entity.offset + entity.length) * 2
    return (written[:starts] + written[ends:]).decode("utf-16-le", "replace")
