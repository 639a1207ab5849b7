"""What participants ask in their own words of one invented class, and of its table of tasks."""

from datetime import date

import pytest

from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer, Asker, Unknown
from knowledge.documents import Document
from knowledge.notices import Notice, Section
from knowledge.programme.values import Amount, Programme, Stage, Task
from knowledge.sources import Source

ASKER = Asker(today=date(2026, 5, 7), province="湖北")

CLASS = Notice(
    title="湖北省2026年乡村教师研修班通知",
    number="鄂师训〔2026〕9号",
    issued=date(2026, 4, 2),
    province="湖北",
    years=(2026,),
    sections=(
        Section(
            "一、",
            "报到安排",
            (
                "学员于5月10日14:30前到荆楚宾馆报到。",
                "课程自5月11日起开课，5月20日前结束全部课程。",
            ),
        ),
        Section("二、", "考勤", ("每缺勤半天扣3分。请假累计不超过2天。",)),
        Section("三、", "交通", ("往返差旅费回原单位报销。",)),
        Section("四、", "平台", ("初始密码为hb2026。密码请及时修改。",)),
        Section("五、", "携带材料", ("须携带：（1）身份证复印件；（2）照片两张；（3）教案一份。",)),
        Section("六、", "名额", ("小学校长班60人，初中校长班40人。高中校长班25人。",)),
        Section("七、", "住宿", ("两人一间，要求单独住宿的每天自付差价70元。不安排接站。",)),
        Section("八、", "网络课程", ("课程视频不得倍速播放。教研活动缺席1次扣4分。",)),
        Section(
            "十、",
            "团队骨干集训",
            children=(
                Section("1．", "时间：6月3日至6月6日，集训4天。"),
                Section("2．", "地点：宜昌市桃林山庄。"),
            ),
        ),
        Section("九、", "县级研修团队", ("每县选派参训教师15人组成团队。",)),
    ),
)


def task(role: str, title: str, detail: str, amount: Amount) -> Task:
    return Task(f"{role}-{title}", role, 1, title, detail, amounts=(amount,))


VISITS = Programme(
    code="hubei-2026",
    title="湖北2026年送教研修",
    source=Source("湖北2026年送教研修安排表"),
    province="湖北",
    years=(2026,),
    stages=(
        Stage(
            "线上先修",
            date(2026, 5, 6),
            date(2026, 5, 26),
            "5月6日-26日",
            tasks=(
                task("首席教师（学员）", "磨课", "完成磨课2节。", Amount(2, "节", "2节")),
                task("坊主", "推荐", "每坊推荐优秀学员5名。", Amount(5, "名", "5名")),
                task("坊主", "听课", "听学员磨课6节。", Amount(6, "节", "6节")),
                task("送培专家", "答疑", "在线答疑4次。", Amount(4, "次", "4次")),
            ),
        ),
    ),
)


@pytest.fixture(scope="module")
def class_library() -> Library:
    return Library(
        [Document("研修班.docx", notices=(CLASS,)), Document("送教.yaml", programmes=(VISITS,))]
    )


def opening_of(library: Library, question: str) -> str:
    verdict = library.ask(question, ASKER)
    assert isinstance(verdict, Answer), verdict
    return verdict.text.splitlines()[0]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("几点报到", "14:30前"),
        ("什么时候开课", "5月11日起"),
        ("课程什么时候结束", "5月20日前"),
        ("能请几天假", "不超过2天"),
        ("来回路费谁出", "往返差旅费回原单位报销"),
        ("初始密码是多少", "hb2026"),
        ("在那个宾馆报到", "荆楚宾馆"),
        ("须携带哪些材料", "（1）身份证复印件；（2）照片两张；（3）教案一份。"),
        ("照片要几张", "两张"),
        ("初二校长班多少人", "40人"),
        ("高中校长班多少人", "25人"),
        ("我睡觉打呼噜，自己住一间一天补多少", "70元"),
        ("到火车站有人接不", "不安排接站"),
        ("视频开1.5倍速看行吗", "不得倍速播放"),
        ("教研活动少去一回扣几分", "4分"),
        ("团队参训教师要派几个", "15人"),
        ("在宜昌集训几天", "4天"),
        ("去荆州培训单独住一天补多少钱", "70元"),
    ],
)
def test_everyday_question_finds_what_the_notice_says(
    class_library: Library, question: str, answer: str
) -> None:
    assert answer in opening_of(class_library, question)


@pytest.mark.parametrize("question", ["几点熄灯", "幼儿园园长班多少人", "考勤的事找哪位"])
def test_what_the_notice_does_not_say_is_not_made_up(class_library: Library, question: str) -> None:
    assert isinstance(class_library.ask(question, ASKER), Unknown)


def test_slip_is_read_as_a_word_that_people_ask_about(class_library: Library) -> None:
    verdict = class_library.ask("往返车费能不能暴销", ASKER)

    assert verdict.read_as == "已按“报销”理解"
    assert "往返差旅费回原单位报销" in verdict.text


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("专家要答疑几次", "4次"),
        ("首席教师磨课几节", "2节"),
        ("学员磨课几节", "2节"),
        ("坊主听磨课几节", "6节"),
        ("优秀学员推荐几名", "5名"),
    ],
)
def test_role_finds_its_task_under_the_name_it_has_there(
    class_library: Library, question: str, answer: str
) -> None:
    assert answer in opening_of(class_library, question)


def test_tasks_of_a_kindred_role_are_listed(class_library: Library) -> None:
    verdict = class_library.ask("专家线上先修有哪些任务", ASKER)

    assert isinstance(verdict, Answer)
    assert "答疑（4次）" in verdict.text
    assert "磨课" not in verdict.text
