"""Every router, in the order in which they are asked; the first that accepts a message wins."""

from aiogram import Dispatcher, Router
from aiogram.fsm.storage.base import BaseStorage

from handlers import (
    approvals,
    binding,
    broadcast_buttons,
    broadcasts,
    bulletin_draft,
    bulletins,
    calendar,
    courtesies,
    digests,
    editing,
    errors,
    experts,
    feedback,
    files,
    full_answers,
    group_progress,
    inline_mode,
    inviting,
    joining,
    leaving,
    linking,
    missed,
    outgoing,
    proposals,
    questions,
    queue,
    reachability,
    settings,
    start,
    tasks,
)
from handlers.desk import Desk
from handlers.doors import Doors
from handlers.limits import Limits
from handlers.menus import Menus
from handlers.one_at_a_time import OneAtATime
from handlers.writers import Writers
from scheduler.digests import DigestHabits


def all_routers() -> list[Router]:
    """New ones at every call: aiogram attaches a router to one dispatcher only."""
    return [
        errors.router(),  # catches what any other lets through
        reachability.router(),
        full_answers.router(),
        joining.router(),  # before start: a link brings its token along
        approvals.router(),
        inviting.router(),
        linking.router(),
        binding.router(),
        settings.router(),
        leaving.router(),
        start.router(),  # /cancel has to work wherever a conversation stands
        tasks.router(),
        group_progress.router(),
        calendar.router(),
        digests.router(),
        broadcasts.router(),
        broadcast_buttons.router(),
        outgoing.router(),
        queue.router(),  # an answer may be as short as a courtesy
        proposals.router(),
        editing.router(),
        missed.router(),
        inline_mode.router(),
        feedback.router(),
        experts.router(),
        files.router(),
        bulletins.router(),
        bulletin_draft.router(),
        courtesies.router(),  # before anybody looks for them in the notices
        questions.router(),  # takes any text of a private chat, so it stands last
    ]


def make_dispatcher(state: BaseStorage, limits: Limits | None = None) -> Dispatcher:
    """Each update is fed with `now`, `zone`, `sessions`, `library`, `surface` and `soon`;
    with `doors` and `phones` where there are any, and `calendar_url`.

    The updates of one person in one chat are handled one after the other: a button may be pressed
    before what it stands for has been stored.
    """
    dispatcher = Dispatcher(storage=state, events_isolation=OneAtATime(), disable_fsm=True)
    dispatcher.update.outer_middleware(limits or Limits())
    dispatcher.update.outer_middleware(dispatcher.fsm)  # asks the database: behind the limits
    dispatcher.workflow_data.update(doors=Doors(), phones=None, habits=DigestHabits(), desk=Desk())
    for observer in (dispatcher.message, dispatcher.callback_query, dispatcher.my_chat_member):
        observer.outer_middleware(Writers())
    menus = Menus()
    for talking in (dispatcher.message, dispatcher.callback_query):
        talking.outer_middleware(menus)
    dispatcher.include_routers(*all_routers())
    return dispatcher
