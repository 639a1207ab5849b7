"""The same few people in all tests, the programme they are in, and a clock moved by hand."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.programme.values import Amount, Programme, Stage, Task
from knowledge.sources import Source
from storage import groups, people

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2015, 9, 17, 8, 0, tzinfo=SHANGHAI)

PROGRAMME_CODE = "dongshan-2015"
GROUP_CHAT = -100_2015_0001

LIN_CHAT = 7_000_000_001  # 林, a participant; beyond 32 bits, as real ids are
CHEN_CHAT = 7_000_000_002  # 陈, her group's leader
HE_CHAT = 7_000_000_003  # 何, tutor
WU_CHAT = 7_000_000_004  # 吴, provincial expert
ZHAO_CHAT = 7_000_000_005  # 赵, coordinator
QIAN_CHAT = 7_000_000_006  # 钱, a stranger: on no roster


@dataclass(frozen=True)
class Cast:
    """Ids on the roster."""

    group: int
    lin: int
    chen: int
    he: int
    wu: int
    zhao: int


class Clock:
    """Stands still until a test moves it."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now
        self.elapsed = 0.0  # seconds; does not go back with the clock

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **step: float) -> datetime:
        moved = timedelta(**step)
        self.now += moved
        self.elapsed += max(0.0, moved.total_seconds())
        return self.now


async def enroll(session: AsyncSession, *, now: datetime = MORNING) -> Cast:
    group = await groups.add_group(
        session, "东山一组", programme=PROGRAMME_CODE, province="云南", chat_id=GROUP_CHAT
    )
    ids = {}
    for key, name, chat, role in (
        ("lin", "林晓", LIN_CHAT, "学员"),
        ("chen", "陈波", CHEN_CHAT, "组长"),
        ("he", "何敏", HE_CHAT, "指导教师"),
        ("wu", "吴岳", WU_CHAT, "省级专家"),
        ("zhao", "赵宁", ZHAO_CHAT, "管理员"),
    ):
        ids[key] = await people.add_person(
            session, name, chat_id=chat, province="云南", coordinator=key == "zhao", now=now
        )
        in_group = group if role in ("学员", "组长") else None
        await people.set_role(session, ids[key], PROGRAMME_CODE, role, group_id=in_group)
    return Cast(group=group, **ids)


def task(
    role: str, position: int, title: str, *, due: date | None = None, detail: str = ""
) -> Task:
    return Task(
        code=f"{role}-{title}", role=role, position=position, title=title, detail=detail, due=due
    )


# An invented programme: what is due when is easy to see.
PROGRAMME = Programme(
    code=PROGRAMME_CODE,
    title="东山县2015年教师研修",
    source=Source(title="东山县研修安排"),
    stages=(
        Stage(
            name="第一阶段",
            starts=date(2015, 9, 1),
            ends=date(2015, 9, 30),
            when="9月1日-9月30日",
            tasks=(
                Task(
                    code="学员-读书笔记",
                    role="学员",
                    position=1,
                    title="读书笔记",
                    detail="写一篇读书笔记，不少于600字。",
                    due=date(2015, 9, 20),
                    due_text="9月20日前",
                    amounts=(Amount(600, "字", "不少于600字", "不少于"),),
                ),
                task("学员", 2, "观课报告"),
                task("组长", 1, "收齐读书笔记", due=date(2015, 9, 21)),
                task("指导教师", 1, "点评读书笔记", due=date(2015, 9, 24)),
                task("省级专家", 1, "第一期简报", due=date(2015, 9, 18)),
            ),
        ),
        Stage(
            name="第二阶段",
            starts=date(2015, 10, 1),
            ends=date(2015, 10, 31),
            when="10月1日-10月31日",
            tasks=(
                task("学员", 1, "磨课"),
                task("组长", 1, "组织磨课", due=date(2015, 10, 20)),
            ),
        ),
    ),
    province="云南",
    years=(2015,),
)
