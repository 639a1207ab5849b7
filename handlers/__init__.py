"""Every router, in the order in which they are asked; the first that accepts a message wins."""

from aiogram import Dispatcher, Router
from aiogram.fsm.storage.base import BaseStorage

from handlers.broadcasts import deciding, writing
from handlers.bulletins import drafting, posted
from handlers.bulletins.waiting import LettingGo
from handlers.conversation import errors, reachability
from handlers.conversation.doors import Doors
from handlers.conversation.limits import Limits
from handlers.conversation.menus import Menus
from handlers.conversation.one_at_a_time import OneAtATime
from handlers.conversation.writers import Writers
from handlers.coordinators import editing, files, missed, notices, outgoing, proposals
from handlers.groups import binding, progress
from handlers.joining import approvals, coming_in, inviting, start
from handlers.personal import leaving, linking, settings
from handlers.questions import (
    answering,
    asking,
    courtesies,
    experts,
    feedback,
    full_answers,
    inline_mode,
    own_matters,
    queue,
)
from handlers.questions.desk import Desk
from handlers.tasks import calendar, digests, to_do
from scheduler.digests import DigestHabits


def all_routers() -> list[Router]:
    """New ones at every call: aiogram attaches a router to one dispatcher only."""
    return [
        errors.router(),  # catches what any other lets through
        reachability.router(),
        full_answers.router(),
        coming_in.router(),  # before start: a link brings its token along
        approvals.router(),
        inviting.router(),
        linking.router(),
        binding.router(),
        settings.router(),
        leaving.router(),
        start.router(),  # /cancel has to work wherever a conversation stands
        to_do.router(),
        progress.router(),
        queue.router(),  # before the wizards: it has a key on the keyboard
        calendar.router(),
        digests.router(),
        writing.router(),
        deciding.router(),
        outgoing.router(),
        answering.router(),  # an answer may be as short as a courtesy
        proposals.router(),
        editing.router(),
        missed.router(),
        notices.router(),
        inline_mode.router(),
        feedback.router(),
        experts.router(),
        files.router(),
        posted.router(),
        drafting.router(),
        own_matters.router(),
        courtesies.router(),  # before anybody looks for them in the notices
        asking.router(),  # takes any text of a private chat, so it stands last
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
    dispatcher.message.outer_middleware(LettingGo())
    menus = Menus()
    for talking in (dispatcher.message, dispatcher.callback_query):
        talking.outer_middleware(menus)
    dispatcher.include_routers(*all_routers())
    return dispatcher
