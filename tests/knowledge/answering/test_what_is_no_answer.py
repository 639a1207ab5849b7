"""What looks like an answer and tells something else: another size, rate, hour, leave or day."""

from dataclasses import replace

import pytest

from knowledge.answering.kinds import asked_for
from knowledge.answering.library import Library
from knowledge.answering.question_words import FILE_SIZE, PICTURE_SIZE, Kind
from knowledge.answering.verdicts import Answer
from knowledge.documents import Document
from knowledge.notices import Notice, Section, Table
from tests.knowledge.answering.known import NOBODY

NOTICE = Notice(
    title="宁夏2026年农村教师研修班通知",
    number="宁师训〔2026〕9号",
    province="宁夏",
    years=(2026,),
    sections=(
        Section(
            "一、",
            "报到",
            (
                "报到时间为6月8日14:00至18:00。",
                "不能参加的，须于5月20日前提出换人申请，报到后不再换人。",
                "携带1寸照片3张。",
                "网上填报时上传照片，大小不超过150KB。",
            ),
        ),
        Section("六、", "目标", ("研修班帮助农村教师形成可推广的经验。",)),
        Section("七、", "选派", ("代课教师不在选派范围内。",)),
        Section(
            "二、",
            "请假",
            (
                "请假1天以内的，由班主任批准；请假3天及以上的，报市教育局批准。",
                "请假超过1天不足3天的，由培训处批准。",
            ),
        ),
        Section(
            "三、",
            "考核",
            (
                "每班评出优秀学员5名。",
                "学员完成率低于80%的班级，不得评优。",
                "作业未交的，每次扣9分；作业逾期提交的，每次扣4分。",
            ),
        ),
        Section(
            "四、",
            "食宿",
            (
                "入住酒店不提供毛巾，请自备。",
                "住宿时缴纳门卡押金60元，离开时退还。",
                "统一购买意外险，保额不低于每人30万元。",
                "学员于6月20日17:30前在平台签到确认。",
            ),
        ),
        Section(
            "五、",
            "基地学校",
            ("各基地学校负责跟岗安排。",),
            tables=(
                Table(
                    ("班次", "基地学校数", "承担院校"),
                    (
                        ("园长研修班", "6所", "宁夏师范学院"),
                        ("教研员研修班", "4所", "北方民族大学"),
                    ),
                ),
            ),
        ),
    ),
)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library([Document("研修.docx", notices=(NOTICE,))])


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("宁夏网上填报照片不能超过多大", "150KB"),
        ("宁夏学员完成率低于多少班级不能评优", "80%"),
        ("宁夏研修班作业交晚了一次扣几分", "4分"),
        ("宁夏研修班请两天假找谁批", "培训处"),
        ("宁夏研修班请半天假谁批", "班主任"),
        ("宁夏研修班请假三天以上谁批", "市教育局"),
        ("宁夏研修班几号报到", "6月8日"),
        ("代课教师能不能报宁夏农村教师研修班", "代课教师不在选派范围内"),
        ("宁夏园长研修班承担院校是哪所", "宁夏师范学院"),
    ],
)
def test_case_and_measure_in_question_decide(library: Library, question: str, answer: str) -> None:
    verdict = library.ask(question, NOBODY)

    assert isinstance(verdict, Answer), verdict
    assert answer in verdict.text


@pytest.mark.parametrize(
    "question",
    [
        "宁夏研修班每天早上几点报到上课",
        "宁夏研修班入住哪个酒店",
        "宁夏研修班每天几点签到",
        "宁夏园长研修班基地学校分别叫啥名",
        "特岗教师能不能报宁夏园长研修班",
        "宁夏导师带一名学员给多少钱指导费",
    ],
)
def test_what_tells_something_else_is_no_answer(library: Library, question: str) -> None:
    assert not isinstance(library.ask(question, NOBODY), Answer)


@pytest.mark.parametrize(
    ("question", "kind", "unit"),
    [
        ("报名照片要多大的", Kind.COUNT, PICTURE_SIZE),
        ("请哪几位专家讲课", Kind.WHO, ""),
        ("测验做对多少才算学时", Kind.COUNT, ""),
        ("附件最大几兆", Kind.COUNT, FILE_SIZE),
        ("视频文件不超过多少m", Kind.COUNT, FILE_SIZE),
        ("视频里的老师多大年纪", Kind.COUNT, "岁"),
        ("参训率要达到多少", Kind.RATIO, ""),
        ("基地学校是哪几所", Kind.WHERE, "学校"),
    ],
)
def test_sizes_rates_and_names_are_asked_for(question: str, kind: Kind, unit: str) -> None:
    asked = asked_for(question)

    assert (asked.kind, asked.unit) == (kind, unit)


def test_room_for_two_is_no_quota_and_a_house_has_a_number() -> None:
    rooms = Section("九、", "食宿", ("研修班学员两人一间，住宿由培训处统一安排。",))
    library = Library([Document("n.docx", notices=(replace(NOTICE, sections=(rooms,)),))])

    assert not isinstance(library.ask("研修班学员有多少名额", NOBODY), Answer)
    assert not isinstance(library.ask("研修班学员住宿在几号楼", NOBODY), Answer)
    assert "两人" in library.ask("研修班学员住宿几人一间", NOBODY).text
