"""What a digest tells of questions: those that wait for an answer, answers that wait for a word."""

from collections.abc import Collection, Sequence
from datetime import date

from scheduler.digests import Extra, Line
from scheduler.hours import SHANGHAI
from scheduler.letters import Button
from scheduler.question_texts import moment
from storage import people, proposals, turns
from storage.database import AnySession
from storage.roster import Recipient

QUEUE, PROPOSALS = "qa:q:0", "qa:pn:0"  # what the buttons say to the handlers


async def lines(session: AnySession, person: Recipient, _today: date) -> Sequence[Line]:
    found = []
    if mine := await turns.of_person(session, person.id):
        first = moment(mine[0].until, SHANGHAI)
        html = f"• {len(mine)} 个问题等您回答，最早的 {first} 前"
        found.append(Line(html, (Button("去回答", QUEUE),)))
    if person.coordinator and (waiting := await proposals.count(session)):
        html = f"• {waiting} 条老师的答复等您审核"
        found.append(Line(html, (Button("去审核", PROPOSALS),)))
    return found


async def due_people(session: AnySession, _today: date) -> Collection[int]:
    asked = set(await turns.people_asked(session))
    if await proposals.count(session):
        asked |= {person.id for person in await people.coordinators(session)}
    return asked


WAITING = Extra("等您处理", lines, due_people)
