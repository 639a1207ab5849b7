"""What a human decides about letters that may or may not have arrived."""

from datetime import datetime

from scheduler import outbox_upkeep
from storage import audit
from storage.database import AnySession


async def decide(
    session: AnySession, id: int, *, release: bool, actor: int | None, now: datetime
) -> bool:
    """False: it was decided already. `actor`: None for the command line."""
    if release:
        done = await outbox_upkeep.release(session, id, now=now)
    else:
        done = await outbox_upkeep.drop(session, id)
    if done:
        action = "letter_released" if release else "letter_dropped"
        await audit.note(session, action, f"outbox:{id}", actor=actor, now=now)
    return done
