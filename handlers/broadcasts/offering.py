"""The programmes whose people can be written to."""

from handlers.conversation.visits import Visit
from knowledge.programme.running import is_over, running_first
from knowledge.programme.values import Programme
from storage import broadcasts
from storage.broadcasts import Audience


async def offered(visit: Visit) -> list[Programme]:
    """Those that run first; one that is over only if there is somebody in it."""
    async with visit.sessions() as session:
        return [
            one
            for one in running_first(visit.library.programmes, visit.today)
            if not is_over(one, visit.today)
            or (await broadcasts.reach(session, Audience(one.code))).people
        ]
