"""What letters about questions say when claimed: what was answered meanwhile troubles nobody."""

from datetime import datetime

from scheduler import outbox, question_texts
from scheduler.handing_on import ASK, OVER, somebody_next
from scheduler.hours import Hours
from scheduler.letters import Button, Edit, Later, Letter, NothingToSay, Rendered, Text
from scheduler.rendering import RenderKind
from storage import groups, questions, turns
from storage.database import Sessions
from storage.questions import OPEN

ANSWER, CANNOT = "qa:a", "qa:n"  # what the buttons say to the handlers


class QuestionLetters:
    def __init__(self, sessions: Sessions, hours: Hours) -> None:
        self._sessions, self._hours = sessions, hours

    @property
    def kinds(self) -> dict[str, RenderKind]:
        return {ASK: self.ask, OVER: self.over}

    async def ask(self, letter: Letter, now: datetime) -> Rendered:
        async with self._sessions() as session:
            turn = await turns.turn(session, letter.data["turn"])
            question = await questions.find(session, turn.question_id) if turn else None
            if not turn or turn.ended_at or not question or question.state != OPEN:
                return NothingToSay()
            if self._hours.is_quiet(now):
                return Later(self._hours.quiet_until(now))
            is_last = not await somebody_next(session, question)
            group = await groups.group(session, question.group_id) if question.group_id else None
        who = " · ".join(filter(None, (question.asker_role, group.name if group else "")))
        until = question_texts.moment(turn.until, self._hours.zone)
        html = question_texts.to_answer(
            question.text,
            question.detail,
            question.askers,
            who or "研修老师",
            until,
            is_last=is_last,
        )
        buttons = (
            Button("回答", f"{ANSWER}:{question.id}"),
            Button("我答不了", f"{CANNOT}:{turn.id}"),
        )
        return Text(html, (buttons,))

    async def over(self, letter: Letter, now: datetime) -> Rendered:
        async with self._sessions() as session:
            turn = await turns.turn(session, letter.data["turn"])
            message = await outbox.message_id(session, f"{ASK}:{letter.data['turn']}")
            question = await questions.find(session, turn.question_id) if turn else None
            running = await turns.running(session, [turn.question_id]) if turn else {}
        if turn is None or message is None or question is None:
            return NothingToSay()  # they have never seen it
        waits = question.state == OPEN and not running
        return Edit(message, question_texts.not_yours_any_more(question.text, turn, waits=waits))
