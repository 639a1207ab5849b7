"""A later notice moves what a programme says; the rest stands."""

from dataclasses import replace
from datetime import date

from knowledge.notices import Notice, Section
from knowledge.programme.amending import amended
from knowledge.sources import Source
from tests.knowledge.answering.known import SUMMER

EARLIER = replace(SUMMER, source=Source(SUMMER.title, number="甘师训〔2021〕3号"))


def notice(*sentences: str, amends: str = "甘师训〔2021〕3号") -> Notice:
    return Notice(
        title="关于调整研修时间的通知",
        number="甘师训〔2021〕9号",
        issued=date(2021, 9, 5),
        years=(2021,),
        sections=(Section("一、", "", sentences),),
        amends=(amends,),
    )


def test_stage_takes_its_new_days_and_says_what_they_were() -> None:
    change = notice("返岗实践由10月8日至11月15日，调整为10月20日至11月30日。")

    [programme] = amended([EARLIER], [change])

    stage = programme.stages[1]
    assert (stage.starts, stage.ends) == (date(2021, 10, 20), date(2021, 11, 30))
    assert "原为10月8日至11月15日" in stage.reading
    assert "甘师训〔2021〕9号" in stage.reading
    assert programme.stages[0] == EARLIER.stages[0]


def test_task_takes_its_new_deadline_where_the_sentence_speaks_of_it() -> None:
    change = notice("组长组织讨论的截止时间由9月20日调整为9月25日。")

    [programme] = amended([EARLIER], [change])

    assert programme.stages[0].tasks[1].due == date(2021, 9, 25)
    assert programme.stages[0].ends == date(2021, 9, 30)


def test_other_days_and_other_notices_change_nothing() -> None:
    elsewhere = notice("返岗实践由10月8日调整为10月20日。", amends="甘师训〔2020〕1号")
    another_day = notice("返岗实践报到由3月1日调整为3月5日。")

    assert amended([EARLIER], [elsewhere, another_day]) == [EARLIER]


def test_newest_change_wins() -> None:
    first = notice("返岗实践由10月8日至11月15日调整为10月20日至11月30日。")
    second = replace(
        notice("返岗实践由10月20日至11月30日调整为11月1日至12月10日。"), issued=date(2021, 10, 1)
    )

    [programme] = amended([EARLIER], [second, first])

    assert programme.stages[1].ends == date(2021, 12, 10)
