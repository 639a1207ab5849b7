"""Who did what to whom when, for people: actions in words, people and groups by name."""

from dataclasses import dataclass
from datetime import datetime

from bot.opening import opened_database
from storage import audit, groups, people
from storage.audit import Audited
from storage.database import AnySession

OPERATOR = "命令行"
ACTIONS = {
    "invite": "发出邀请",
    "revoke_link": "撤回邀请",
    "roster_links": "生成一人一链",
    "link": "打开另一入口",
    "join": "加入",
    "let_in": "同意加入",
    "turn_away": "拒绝加入",
    "give_role": "得到角色",
    "leave": "退出项目",
    "leave_all": "退出全部项目",
    "forget": "删除个人数据",
    "import_roster": "导入名单",
    "import_roster_file": "在聊天里导入名单",
    "import_file": "导入文件",
    "withdraw_file": "撤回文件",
    "bind_group": "绑定群",
    "unbind_group": "解绑群",
    "removed_from_group": "被移出群",
    "nudge": "催办",
    "export_progress": "导出进度",
    "post_bulletin": "发布简报",
    "edit_bulletin": "修改简报",
    "withdraw_bulletin": "撤回简报",
    "pin_bulletin": "置顶简报",
    "unpin_bulletin": "取消置顶",
    "broadcast": "群发通知",
    "broadcast_stopped": "停止群发",
    "broadcast_again": "补发通知",
    "letter_released": "放行消息",
    "letter_dropped": "丢弃消息",
    "answer": "答复提问",
    "correct_answer": "更正答复",
    "approve_entry": "批准入库",
    "merge_entry": "并入已有条目",
    "decline_entry": "不予入库",
    "undo_entry": "撤销入库",
    "attach_phrasing": "挂接问法",
    "refuse_phrasing": "排除问法",
    "ignore_gap": "不处理的提问",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the audit, with names in place of ids where there still are any."""

    entry: Audited
    actor: str
    subject: str

    @property
    def action(self) -> str:
        return ACTIONS.get(self.entry.action, self.entry.action)


async def latest(url: str, limit: int) -> list[Told]:
    async with opened_database(url) as sessions, sessions() as session:
        return [
            Told(one, await actor_of(session, one), await subject_of(session, one.subject))
            for one in await audit.latest(session, limit)
        ]


async def actor_of(session: AnySession, one: Audited) -> str:
    if one.actor_id is None:
        return OPERATOR
    return await _person(session, one.actor_id) or f"person:{one.actor_id}"


async def subject_of(session: AnySession, subject: str) -> str:
    kind, _, id = subject.partition(":")
    match kind:
        case "person" if id.isdecimal():
            return await _person(session, int(id)) or subject
        case "group" if id.isdecimal() and (group := await groups.group(session, int(id))):
            return group.name
        case _:
            return subject


async def _person(session: AnySession, id: int) -> str:
    found = await people.person(session, id)
    return found.name if found else ""


def moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
