"""What coordinators read: proposals, gaps, explanations."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from handlers.conversation.html import bold, plain
from handlers.texts.questions import shortened
from knowledge.entries import Entry
from knowledge.reviewing import Review
from scheduler.question_texts import moment
from storage.gaps import Cluster
from storage.learned import Learned
from storage.proposals import Proposed

COORDINATORS_ONLY = "这个命令是项目办用的。"
PRIVATELY = "请私聊我查看。"
NOTHING_PROPOSED = "没有等您审核的答复。"
APPROVE, EDIT, MERGE, DECLINE, NEXT = "批准", "修改", "合并", "不采用", "下一条"
UNDO = "撤销"
RECENT = "最近入库"
WRONG = "答案有误，更正"
REASONS = ("重复", "不完整", "不宜公开")
FIELDS = ("问题", "答案", "其他问法", "适用范围", "有效期")
HOW_TO_WRITE = (
    "请写出新的问题。",
    "请写出新的答案。",
    "请写出其他问法，一行一个；不要了就写“无”。",
    "请写出适用的省份、年份、角色，例如“山东 2015 学员”；不限就写“不限”。",
    "请写出有效期，例如“2015-09-18 至 2016-01-31”；一直有效就写“长期”。",
)
WRITE_CORRECTION = "请写出正确的答复，看过原答复的老师都会收到更正。放弃请发 /cancel。"
DECIDED_ALREADY = "这一条已经处理过了。"
WHAT_TO_EDIT = "改哪一项？"
WHY_NOT = "为什么不采用？"
MERGE_WITH = "合并到哪一条？它的问法会归到那一条下面。"
NOTHING_NEAR = "没有相近的条目可以合并。"
MERGED = "已归到“{question}”。"
DECLINED = "没有采用（{reason}）。"
APPROVED = "已入库，现在就能答：“{question}”。"
UNDONE = "已撤销；看过这条答复的老师会收到更正。"
NOT_CURRENT = "这一版已经不在用了。"
NOT_UNDERSTOOD = "没有看懂，请照例子写。"
CHANGED = "改好了。"
CORRECTED = "已更正，{told} 位老师会收到。"
WOULD_GET_WORSE = "不能这样做：原来答对的问题会答错。\n{worse}\n请改一改问法或适用范围。"
NO_RECENT = "还没有入库的答复。"
NO_GAPS = "没有记录到答不上来的问题。"
GAPS_PAGE = 5
EXPLAIN_WHAT = "请在 /explain 后面写上问题。"
NO_SUCH_GAP = "这个问题已经处理过了。"
ATTACHED = "已归到“{question}”，现在这样问也能答。"
KEPT_AWAY = "记下了：这样问不再用“{question}”回答。"
IGNORED = "不再列出。"
IGNORE = "不用管"


def proposal(one: Proposed, number: int, found: Review, worse: str, judged: tuple[int, int]) -> str:
    entry = one.entry
    lines = [bold(f"待审核，共 {number} 条"), plain(f"问：{entry.question}")]
    lines.append(plain(f"答：{entry.answer}"))
    if entry.phrasings:
        lines.append(plain(f"其他问法：{'；'.join(entry.phrasings)}"))
    lines.append(plain(f"适用：{scope(entry)}"))
    lines.append(plain(f"有效期：{validity(one.valid_from, one.valid_until)}"))
    lines.append(plain(f"来源：{entry.source.title}，{entry.source.section}"))
    if any(judged):
        lines.append(plain(f"提问者：已解决 {judged[0]}，仍未解决 {judged[1]}"))
    return "\n".join([*lines, *warnings(found, worse)])


def warnings(found: Review, worse: str) -> list[str]:
    lines = []
    if found.said_now:
        now = shortened(found.said_now.text.split("\n", 1)[0])
        where = found.said_now.sources[0].title
        if found.contradicts:
            lines.append(plain(f"⚠ 与现有资料矛盾：{now}（《{where}》）"))
        else:
            lines.append(plain(f"⚠ 现在已经能答：{now}（《{where}》）"))
    lines += [plain(f"⚠ 很像已有的“{shortened(each.question)}”") for each in found.near]
    if found.unheard:
        lines.append(plain(f"⚠ 入库后这样问还是答不到：{'；'.join(found.unheard)}"))
    if worse:
        lines.append(plain(f"⚠ 入库会让原来答对的问题答错：\n{worse}"))
    return lines


def scope(entry: Entry) -> str:
    parts = (
        "、".join(sorted(entry.scope.provinces)),
        "、".join(f"{year}年" for year in sorted(entry.scope.years)),
        "、".join(sorted(entry.scope.roles)),
    )
    return " · ".join(filter(None, parts)) or "不限"


def validity(begins: date | None, ends: date | None) -> str:
    if begins is None and ends is None:
        return "长期"
    return f"{begins.isoformat() if begins else ''} 至 {ends.isoformat() if ends else '长期'}"


def recent(entries: Sequence[Learned], zone: ZoneInfo) -> str:
    lines = [bold("最近入库")]
    for number, each in enumerate(entries, start=1):
        version = f"（第 {each.version} 版）" if each.version > 1 else ""
        lines.append(plain(f"{number}. {shortened(each.entry.question)}{version}"))
        lines.append(plain(f"    {validity(each.valid_from, each.valid_until)}"))
    return "\n".join(lines)


def more(left: int) -> str:
    return f"还有 {left} 种"


def gap_list(clusters: Sequence[Cluster], total: int, first: int, zone: ZoneInfo) -> str:
    lines = [bold(f"答不上来或答得不好的问题 {total} 种")]
    for number, each in enumerate(clusters, start=first):
        down = f"，其中 {each.down} 次点了“不对”" if each.down else ""
        lines.append(plain(f"{number}. {shortened(each.question)}"))
        lines.append(
            plain(
                f"    问过 {each.times} 次，来自 {each.chats} 个聊天{down}，"
                f"最近 {moment(each.last_at, zone)}"
            )
        )
    return "\n".join(lines)


def gap(cluster: Cluster, near: Sequence[Entry], zone: ZoneInfo) -> str:
    lines = [bold(shortened(cluster.question, 200)), plain(f"问过 {cluster.times} 次。")]
    if near:
        lines.append("可能是在问：")
        lines += [
            plain(f"{number}. {shortened(each.question)}")
            for number, each in enumerate(near, start=1)
        ]
    return "\n".join(lines)


def means(number: int) -> str:
    return f"就是问 {number}"


def does_not_mean(number: int) -> str:
    return f"不是 {number}"
