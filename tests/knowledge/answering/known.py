"""A small invented body of knowledge: two provinces, a national notice, a change, a programme."""

from datetime import date

from knowledge.answering.library import Library
from knowledge.answering.verdicts import Asker
from knowledge.documents import Document
from knowledge.entries import Entry
from knowledge.notices import Notice, Section, Table
from knowledge.programme.values import Amount, Programme, Stage, Task
from knowledge.sources import Scope, Source

TODAY = date(2021, 9, 10)
NOBODY = Asker(today=TODAY)

NATIONAL = Notice(
    title="关于做好2021年乡村校长培训的通知",
    number="教师司函〔2021〕5号",
    issuers=("教育部教师司",),
    issued=date(2021, 3, 2),
    years=(2021,),
    sections=(
        Section(
            "一、",
            "培训安排",
            (
                "校长培训每年不少于72学时。其中，跟岗学习不少于12天，须有书面记录。",
                "参训校长不得由他人代训。",
            ),
        ),
        Section("二、", "联系方式", ("联系人：周老师，电话：010-11112222。",)),
    ),
)
SHANXI = Notice(
    title="陕西省2021年骨干教师培训班通知",
    number="陕师训〔2021〕8号",
    issuers=("陕西省师训中心",),
    issued=date(2021, 6, 1),
    province="陕西",
    years=(2021,),
    sections=(
        Section("一、", "报到", ("学员于7月10日在西安宾馆报到，会期5天。",)),
        Section(
            "二、",
            "费用",
            ("住宿费按每人每天200元标准由培训经费列支。",),
            tables=(Table(("地市", "名额"), (("西安", "40名"), ("宝鸡", "25名"))),),
        ),
    ),
)
CHANGE = Notice(
    title="关于调整陕西省2021年骨干教师培训班报到时间的通知",
    number="陕师训〔2021〕11号",
    issuers=("陕西省师训中心",),
    issued=date(2021, 6, 20),
    province="陕西",
    years=(2021,),
    sections=(Section("", "", ("报到时间由7月10日调整为7月18日，其他事项不变。",)),),
    amends=("陕师训〔2021〕8号",),
)
# The heads of a notice and its supplement; each test gives them the sections it is about.
HUBEI = Notice(
    title="湖北省2026年乡村骨干教师培训通知",
    number="鄂师训〔2026〕18号",
    issued=date(2026, 11, 9),
    province="湖北",
    years=(2026,),
)
HUBEI_CHANGE = Notice(
    title="关于调整湖北省2026年乡村骨干教师培训安排的补充通知",
    number="鄂师训〔2026〕31号",
    issued=date(2026, 11, 20),
    province="湖北",
    years=(2026,),
    amends=("鄂师训〔2026〕18号",),
)
QINGHAI = Entry(
    id="qinghai-baodao",
    question="青海骨干班什么时候报到",
    answer="8月3日报到。",
    source=Source("青海问答"),
    scope=Scope(provinces=frozenset(["青海"])),
    phrasings=("青海哪天报到",),
)
SUMMER = Programme(
    code="gansu-2021",
    title="甘肃2021年远程研修",
    source=Source("甘肃2021年远程研修安排表"),
    province="甘肃",
    years=(2021,),
    stages=(
        Stage(
            "线上研修",
            date(2021, 9, 1),
            date(2021, 9, 30),
            "9月1日-30日",
            tasks=(
                Task(
                    "a1", "学员", 1, "研修日志", "撰写研修日志2篇，每篇不少于600字。",
                    amounts=(Amount(2, "篇", "2篇"), Amount(600, "字", "不少于600字", "不少于")),
                ),
                Task(
                    "a2", "组长", 1, "组织讨论", "主持线上讨论3次。",
                    due=date(2021, 9, 20), due_text="9月20日前",
                    amounts=(Amount(3, "次", "3次"),),
                ),
            ),
        ),
        Stage(
            "返岗实践",
            date(2021, 10, 8),
            date(2021, 11, 15),
            "10月8日-11月15日",
            tasks=(
                Task("b1", "学员", 1, "汇报课", "上一节课。", amounts=(Amount(1, "节", "一节"),)),
            ),
        ),
    ),
)  # fmt: skip


def library() -> Library:
    return Library(
        [
            Document("国家.docx", notices=(NATIONAL,)),
            Document("陕西.docx", notices=(SHANXI, CHANGE)),
            Document("问答.yaml", entries=(QINGHAI,)),
            Document("甘肃.yaml", programmes=(SUMMER,)),
        ]
    )
