"""What a leader hears on Mondays: how far the group is in the stage that runs."""

from knowledge.programme.values import Stage
from scheduler import texts
from storage.group_state import GroupState
from storage.roster import PARTICIPANT


def week_of(stage: Stage, state: GroupState) -> list[str]:
    """The participants' tasks of the stage; nothing for a group without participants."""
    tasks = [task for task in stage.tasks if task.role == PARTICIPANT]
    if not tasks or not state.members:
        return []
    return texts.week(stage, [(task, state.done(task), state.members) for task in tasks])
