"""What `yanxiu reminders` prints: who hears what on which day, in plain words."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from bot.documents_at_hand import is_missing
from bot.running import run_now
from scheduler.planner import Reminder
from storage.bynames import Byname, Member

KINDS = {
    "stage_opens": "阶段开始",
    "due_in_7": "还有7天",
    "due_in_3": "还有3天",
    "due_in_1": "明天截止",
    "due_today": "今天截止",
    "overdue": "已过期",
    "group_due_in_1": "本组还有人没完成，明天截止",
    "group_due_today": "本组还有人没完成，今天截止",
    "group_overdue": "本组还有人没完成，已过期",
    "weekly": "本组一周进度",
}
NOT_KNOWN = Byname()


def bynames_at_hand(database_url: str) -> dict[Member, Byname]:
    return {} if is_missing(database_url) else run_now(_bynames(database_url))


async def _bynames(database_url: str) -> dict[Member, Byname]:
    from bot.opening import opened_database
    from storage.bynames import bynames

    async with opened_database(database_url) as sessions, sessions() as session:
        return await bynames(session)


def reminder_lines(
    reminders: Sequence[Reminder], bynames: Mapping[Member, Byname]
) -> Iterator[str]:
    whose: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for one in reminders:
        whose[one.person, _byname(one, bynames).group].add(one.person_id)
    for one in reminders:
        known = _byname(one, bynames)
        has_namesake = len(whose[one.person, known.group]) > 1
        about = [one.role if one.person_id > 0 else "", known.group]
        about += [known.school or f"编号{one.person_id}"] if has_namesake else []
        words = "，".join(filter(None, about))
        who = f"{one.person}（{words}）" if words else one.person
        due = f"{one.due.month}月{one.due.day}日前"
        yield f"{one.on}  {who}  {one.title}（{due}）：{KINDS[one.kind]}"


def _byname(one: Reminder, bynames: Mapping[Member, Byname]) -> Byname:
    return bynames.get((one.person_id, one.programme), NOT_KNOWN)
