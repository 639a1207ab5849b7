"""What is told in two steps: a project by its code, the days of a place by its batch."""

import pytest

from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer, Unknown
from knowledge.documents import Document
from knowledge.notices import Notice, Section, Table
from tests.knowledge.answering.known import NOBODY

CODED = Notice(
    title="广西2026年技工院校教师研修通知",
    number="桂技函〔2026〕6号",
    province="广西",
    years=(2026,),
    sections=(
        Section(
            "一、",
            "项目设置",
            ("共设两类项目。",),
            tables=(
                Table(
                    ("代号", "项目名称", "时长", "人数"),
                    (
                        ("K01", "烹饪骨干教师“名厨型”技艺研修", "2周", "80"),
                        ("K02", "车间驻厂锻炼", "6周", "50"),
                    ),
                ),
                Table(
                    ("市", "K01", "K02"),
                    (("柳州", "12", "7"), ("桂林", "9", "5")),
                    "各市名额分配表",
                ),
            ),
        ),
        Section("二、", "条件", ("K01学员年龄46周岁以下。", "K02学员年龄33周岁以下。")),
        Section("三、", "携带", ("K01学员自备厨师服。", "K02学员携带安全协议。")),
    ),
)
BATCHES = Notice(
    title="青海省2026年入职教师集训通知",
    number="青师函〔2026〕3号",
    province="青海",
    years=(2026,),
    sections=(
        Section(
            "一、",
            "集中培训",
            (
                "集中培训分两批，第一批7月3日至7月8日，第二批7月11日至7月16日。",
                "线上课程每播放15分钟弹出一次确认框。",
                "测验可作答3次，因停电中断的可补测1次。",
            ),
            tables=(
                Table(
                    ("州市", "人数", "批次"),
                    (("海东", "60", "第一批"), ("玉树", "40", "第二批")),
                ),
            ),
        ),
        Section(
            "二、",
            "考核",
            ("教学班满分100分，70分合格。", "教学班、助学班学员均发给结业证书。"),
        ),
        Section(
            "三、",
            "条件",
            ("推荐从教满4年的在职教师。", "近三年内参加过集训的教师不再推荐。"),
        ),
        Section("四、", "车票", ("因延期产生的退票费，每人最高报销150元。",)),
        Section("五、", "纪律", ("晚间21:40后学员不得外出。",)),
        Section("六、", "对象", ("借调到机关工作的教师不列入选派范围。",)),
    ),
)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(
        [Document("技工.docx", notices=(CODED,)), Document("集训.docx", notices=(BATCHES,))]
    )


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("柳州名厨型研修分到几个人", "12"),
        ("桂林驻厂锻炼几个名额", "5"),
        ("广西驻厂锻炼年纪不能超过多少", "33周岁以下"),
        ("广西名厨型研修多大年纪能报", "46周岁以下"),
        ("广西名厨型研修厨师服自己带码", "自备厨师服"),
    ],
)
def test_project_is_found_by_the_code_that_stands_for_it(
    library: Library, question: str, answer: str
) -> None:
    verdict = library.ask(question, NOBODY)

    assert isinstance(verdict, Answer), verdict
    assert answer in verdict.text.splitlines()[0]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("青海玉树集中培训从几号到几号", "7月11日"),
        ("青海海东集中培训从几号到几号", "7月3日"),
        ("青海线上课程多长时间弹一回", "每播放15分钟弹出一次"),
        ("青海测验能做几次", "3次"),
        ("青海教师从教几年才够推荐参加集训", "4年"),
        ("青海集训票退掉的手续费最多报多少", "150元"),
        ("青海学员晚上几点以后不让出门", "21:40"),
        ("青海借调到教育局上班的老师能去吗", "不列入"),
    ],
)
def test_rule_is_found_in_the_words_of_those_who_ask(
    library: Library, question: str, answer: str
) -> None:
    verdict = library.ask(question, NOBODY)

    assert isinstance(verdict, Answer), verdict
    assert answer in verdict.text.splitlines()[0]


def test_mark_of_another_class_is_not_told_of_the_one_in_question(library: Library) -> None:
    assert "70分" in library.ask("青海教学班多少分合格", NOBODY).text
    assert isinstance(library.ask("青海助学班多少分合格", NOBODY), Unknown)
