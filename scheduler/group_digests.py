"""The digest of a bound group chat: short, numbers only, when a deadline is near."""

from collections.abc import Sequence
from datetime import date

from knowledge.programme.values import Programme
from scheduler import texts
from scheduler.items import group_items
from scheduler.letters import NothingToSay, Rendered, Text
from scheduler.planner import TO_GROUPS
from storage import groups
from storage.database import AnySession
from storage.group_state import group_state


async def group_digest(
    session: AnySession,
    programmes: Sequence[Programme],
    group_id: int,
    day: date,
    *,
    possibly_doubled: bool = False,
) -> Rendered:
    """Nothing once everybody is done; where the roster has no members, the day without a count."""
    group = await groups.group(session, group_id)
    programme = next((one for one in programmes if group and one.code == group.programme), None)
    if programme is None:
        return NothingToSay()
    near = [item for item in group_items(programme, day) if item.kind in TO_GROUPS]
    state = await group_state(session, programme, group_id)
    left = [(item, state.unfinished(item.task)) for item in near if item.task]
    left = [(item, number) for item, number in left if number or not state.members]
    if not left:
        return NothingToSay()
    return Text(texts.group_digest(left, day, possibly_doubled=possibly_doubled))
