"""What is kept of questions and answers, and the buttons that lead back to it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import BaseMiddleware
from aiogram.types import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    TelegramObject,
)

from handlers.conversation.doors import Doors
from handlers.conversation.html import plain, units
from handlers.texts import questions as texts
from knowledge.answering.clusters import nearest
from knowledge.answering.library import CANNOT, SHORTEST_QUESTION
from knowledge.answering.verdicts import Answer, Asker, Memory, Unknown
from knowledge.chinese.normal import normal
from scheduler.answering import LONGEST_COPY
from scheduler.corrections import context_of
from storage import answers_given, gaps, questions, turns
from storage.answers_given import Place
from storage.database import AnySession, Sessions
from storage.questions import ANSWERED, CLOSED, Waiting
from storage.roster import Recipient

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
Keyboard = InlineKeyboardMarkup


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it was put, with what it leaned on."""

    question: str
    memory: Memory


@dataclass(frozen=True, slots=True)
class Ledger:
    sessions: Sessions
    surface: str
    person: Recipient | None
    asker: Asker
    now: datetime
    zone: ZoneInfo
    doors: Doors

    async def answered(self, message: Message, asked: Asked, answer: Answer) -> Keyboard | None:
        """Written down before it is said; buttons in private chats only: groups stay quiet."""
        if not answer.sources:
            return None
        async with self.sessions.begin() as session:
            given = await answers_given.log(
                session,
                self._place(message),
                asked.question,
                answer.text,
                sources=answer.sources,
                context=context_of(self.asker, asked.memory),
                today=self.asker.today,
                now=self.now,
            )
        if message.chat.type != "private":
            return None
        return answer_buttons(given, asked.question, answer.text)

    async def unknown(
        self, message: Message, asked: Asked, verdict: Unknown
    ) -> tuple[str, Keyboard | None]:
        """What is said besides, and who can be asked. What is no question is no gap."""
        if not is_question(asked.question, verdict):
            return "", None
        gap = await self.log_gap(message, asked.question, kind=gaps.UNKNOWN)
        known = await self._similar(asked.question)
        if known is None:
            below = self._ask_button(gap, message)
            stranger = self.person is None or not (self.person.roles or self.person.coordinator)
            in_vain = below is None and stranger and texts.EXPERTS in normal(verdict.text)
            return f"\n{plain(texts.JOIN_TO_ASK)}" if in_vain else "", below
        async with self.sessions() as session:
            running = await turns.running(session, [known.id])
            mine = await self._is_mine(session, known)
        said = texts.similar(known, running.get(known.id), self.zone, is_mine=mine)
        rows = [[button(texts.ASK_ANYWAY, f"qa:e:{gap}:new")]]
        if not mine or known.state == ANSWERED:
            rows.insert(0, [button(texts.JOIN, f"qa:j:{gap}:{known.id}")])
        return "\n" + plain(said), Keyboard(inline_keyboard=rows)

    async def log_gap(self, message: Message, question: str, *, kind: str, reason: str = "") -> int:
        """Thousands may be held against it: beside the conversations, and before the write lock."""
        async with self.sessions() as session:
            heads = await gaps.heads(session)
        like = await asyncio.to_thread(nearest, question, [head for _, head in heads])
        async with self.sessions.begin() as session:
            return await gaps.log(
                session,
                question,
                kind=kind,
                reason=reason,
                surface=self.surface,
                chat_id=message.chat.id,
                cluster=None if like is None else heads[like][0],
                province=self.asker.province,
                role=self.asker.role,
                now=self.now,
            )

    async def _similar(self, question: str) -> Waiting | None:
        """In the asker's own programmes, or from a file."""
        if self.person is None or not self.person.roles:
            return None
        codes = [one.programme for one in self.person.roles]
        async with self.sessions() as session:
            there = await questions.known(session, codes, without=CLOSED)
        like = await asyncio.to_thread(nearest, question, [each.text for each in there])
        return None if like is None else there[like]

    async def _is_mine(self, session: AnySession, question: Waiting) -> bool:
        wanting = await questions.askers(session, question.id)
        return any(self.person and each.person_id == self.person.id for each in wanting)

    def _ask_button(self, gap: int, message: Message) -> Keyboard | None:
        """In a group anybody may press it, on the roster or not: then they are told."""
        on_roster = bool(self.person and self.person.roles)
        if message.chat.type == "private" and not on_roster:
            return None
        return ask_expert(gap)

    def _place(self, message: Message) -> Place:
        private = message.chat.type == "private"
        return Place(
            self.surface,
            message.chat.id,
            message.message_thread_id if message.is_topic_message else None,
            self.person.id if private and self.person else None,
        )


class Ledgers(BaseMiddleware):
    """Gives handlers the `ledger` of whoever writes or presses."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        names = ("sessions", "surface", "person", "asker", "now", "zone", "doors")
        data["ledger"] = Ledger(*(data[name] for name in names))
        return await handler(event, data)


def is_question(question: str, verdict: Unknown) -> bool:
    letters = sum(map(str.isalnum, question))
    return letters >= SHORTEST_QUESTION and normal(verdict.text) != normal(CANNOT)


def button(text: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data)


def ask_expert(gap: int) -> Keyboard:
    return Keyboard(inline_keyboard=[[button(texts.ASK_EXPERT, f"qa:e:{gap}")]])


def answer_buttons(given: int, question: str, text: str) -> Keyboard:
    thumbs = [button(texts.UP, f"qa:u:{given}"), button(texts.DOWN, f"qa:d:{given}")]
    return Keyboard(inline_keyboard=[[*thumbs, copy_button(given, question, text)]])


def copy_button(given: int, question: str, text: str) -> InlineKeyboardButton:
    """Straight to the clipboard where Telegram allows that much, else as a message."""
    short = next((each for each in (for_groups(question, text), text) if fits(each)), "")
    if short:
        return InlineKeyboardButton(text=texts.COPY, copy_text=CopyTextButton(text=short))
    return button(texts.COPY, f"qa:c:{given}")


def fits(text: str) -> bool:
    return 0 < units(text) <= LONGEST_COPY


def for_groups(question: str, text: str) -> str:
    """Plain words for QQ and WeChat."""
    return f"问：{question}\n答：{text}"
