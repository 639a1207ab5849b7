"""From a question that nobody could answer to an entry that answers it."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.documents import Document
from knowledge.programme.drafting import amounts_in
from knowledge.programme.values import Programme, Task
from scheduler.question_lines import WAITING
from storage import gaps, people, questions, turns
from storage.database import Sessions
from storage.roster import TUTOR
from tests.cast import (
    CHEN_CHAT,
    GROUP_CHAT,
    HE_CHAT,
    LIN_CHAT,
    PROGRAMME,
    PROGRAMME_CODE,
    QIAN_CHAT,
    WU_CHAT,
    ZHAO_CHAT,
    Cast,
    Clock,
    enroll,
)
from tests.databases import Database
from tests.house import House, named

LI_CHAT, SUN_CHAT, ZHOU_CHAT = 7_000_000_011, 7_000_000_012, 7_000_000_013
ASKED = "集中研修报到要带什么证件"
ANSWER = "带身份证和介绍信。"


def with_quota(programme: Programme) -> Programme:
    detail = "每人至少回答10个问题"
    tasks = [
        Task(f"{role}-答疑", role, 9, "答疑", detail, amounts=amounts_in("答疑", detail))
        for role in ("指导教师", "省级专家")
    ]
    first, *rest = programme.stages
    return replace(programme, stages=(replace(first, tasks=(*first.tasks, *tasks)), *rest))


async def moved_in(sessions: Sessions, clock: Clock) -> tuple[House, Cast]:
    house = House(sessions, clock)
    await house.knows(Document("安排.yaml", programmes=(with_quota(PROGRAMME),)))
    async with sessions.begin() as session:
        cast = await enroll(session, now=clock.now)
        for name, chat in (("李", LI_CHAT), ("孙", SUN_CHAT), ("周", ZHOU_CHAT)):
            person = await people.add_person(
                session, name, chat_id=chat, province="云南", now=clock.now
            )
            await people.set_role(session, person, PROGRAMME_CODE, "学员", group_id=cast.group)
    return house, cast


@pytest.fixture
async def settled(sqlite: Database, clock: Clock) -> tuple[House, Cast]:
    return await moved_in(sqlite.sessions, clock)


@pytest.fixture
def house(settled: tuple[House, Cast]) -> House:
    return settled[0]


@pytest.fixture
def cast(settled: tuple[House, Cast]) -> Cast:
    return settled[1]


async def asked_with_two_others(house: House) -> None:
    [unknown] = await house.say(LIN_CHAT, ASKED)
    [handed] = await house.press(LIN_CHAT, "问专家")
    await house.deliver()
    assert "没有查到" in unknown
    assert handed == "已转给组长陈波，9月18日 08:00 前答复；逾时会自动转给下一位。"
    assert "“集中研修报到要带什么证件”" in house.inbox[CHEN_CHAT][-1].html

    [similar] = await house.say(LI_CHAT, "请问集中研修报到需要带哪些证件呀")
    assert "已有老师问过类似的问题" in similar
    assert "组长陈波正在解答" in similar
    assert await house.press(LI_CHAT, "同问") == [
        "记下了：共 2 位老师想知道，组长陈波正在解答（9月18日 08:00 前）。有答复马上告诉您。"
    ]
    await house.say(SUN_CHAT, "集中研修报到带什么证件")
    await house.press(SUN_CHAT, "同问")


async def test_a_question_goes_up_the_ladder_and_comes_back_as_an_entry(
    sessions: Sessions, clock: Clock
) -> None:
    house, _ = await moved_in(sessions, clock)
    await asked_with_two_others(house)

    await house.tick(hours=24)  # 陈 does not answer: the tutor
    assert "时限已过，已转给下一位。" in house.inbox[CHEN_CHAT][-1].html
    assert named(house.inbox[HE_CHAT], "3 位老师想知道")
    assert named(house.inbox[LIN_CHAT], "已转给指导教师何敏")
    await house.tick(hours=24)  # nor does 何: the expert
    [thanks] = await house.reply_to_letter(WU_CHAT, ANSWER)
    await house.deliver()
    assert thanks.startswith("已转达给 3 位提问的老师。\n计入您的答疑任务：1/10。")
    for chat in (LIN_CHAT, LI_CHAT, SUN_CHAT):
        assert len(named(house.inbox[chat], ANSWER)) == 1
    assert (await house.press(LIN_CHAT, "已解决"), house.notes[-1]) == ([], "太好了！")

    [proposal] = await house.say(ZHAO_CHAT, "/proposals")
    assert "其他问法：请问集中研修报到需要带哪些证件呀；集中研修报到带什么证件" in proposal
    assert "提问者：已解决 1" in proposal
    [approved] = await house.press(ZHAO_CHAT, "批准")
    assert approved == f"已入库，现在就能答：“{ASKED}”。"
    [answer] = await house.say(ZHOU_CHAT, "集中研修报到的时候要带哪些证件")
    assert ANSWER in answer
    assert "省级专家吴岳的答复" in answer

    await house.correct()
    assert not named(house.inbox[LIN_CHAT], "更正")
    await house.press(ZHAO_CHAT, "撤销")
    assert await house.correct() == 4  # three who were told by the expert, one by the entry
    for chat in (LIN_CHAT, LI_CHAT, SUN_CHAT, ZHOU_CHAT):
        assert len(named(house.inbox[chat], "更正")) == 1
    assert await house.correct() == 0


async def test_nobody_has_a_question_that_somebody_else_has(house: House, cast: Cast) -> None:
    await house.say(LIN_CHAT, ASKED)
    await house.press(LIN_CHAT, "问专家")
    async with house.sessions.begin() as session:
        [question] = await questions.waiting(session)
        second = await turns.begin(
            session, question.id, cast.he, TUTOR, until=house.clock.now, now=house.clock.now
        )
    await house.tick()
    async with house.sessions() as session:
        chen = await people.person(session, cast.chen)
        [line] = await WAITING.lines(session, chen, date(2015, 9, 17)) if chen else []
        due = await WAITING.due_people(session, date(2015, 9, 17))

    assert second is None
    assert not house.inbox[HE_CHAT]
    assert line.html == "• 1 个问题等您回答，最早的 9月18日 08:00 前"
    assert set(due) == {cast.chen}


async def test_who_cannot_be_reached_is_skipped_and_shown(house: House) -> None:
    await house.becomes(CHEN_CHAT, "kicked")
    await house.say(LIN_CHAT, ASKED)

    [handed] = await house.press(LIN_CHAT, "问专家")
    assert handed.startswith("组长陈波暂时联系不上，已转给指导教师何敏")

    house.blocked.add(HE_CHAT)  # found out when the letter goes
    await house.tick()
    await house.tick()
    assert named(house.inbox[WU_CHAT], ASKED)
    [listed] = await house.say(ZHAO_CHAT, "/queue")
    assert "联系不上：陈波" in listed
    assert "省级专家吴岳正在解答" in listed


async def test_the_last_in_the_line_is_not_told_of_a_next(house: House) -> None:
    for absent in (CHEN_CHAT, HE_CHAT):
        await house.becomes(absent, "kicked")
    await house.say(LIN_CHAT, ASKED)

    [handed] = await house.press(LIN_CHAT, "问专家")
    assert handed.endswith("已转给省级专家吴岳，9月18日 08:00 前答复。")
    await house.deliver()
    assert "前；没有下一位可转，拜托您了。" in house.inbox[WU_CHAT][-1].html
    assert await house.press(WU_CHAT, "我答不了") == []
    assert house.notes[-1] == "好的，没有下一位可转，已放回待答清单。"
    await house.deliver()
    assert "已按您的意思放回待答清单。" in house.inbox[WU_CHAT][-1].html
    assert named(house.inbox[LIN_CHAT], "已列入待答清单")


async def test_unsolved_goes_on_and_only_to_those_who_still_want_it(house: House) -> None:
    await house.say(LIN_CHAT, ASKED)
    await house.press(LIN_CHAT, "问专家")
    await house.say(LI_CHAT, ASKED)
    await house.press(LI_CHAT, "同问")
    await house.deliver()
    await house.reply_to_letter(CHEN_CHAT, "不清楚，自己查一查。")
    await house.deliver()
    await house.press(LI_CHAT, "已解决")

    [on] = await house.press(LIN_CHAT, "仍未解决")
    assert "已转给指导教师何敏" in on
    assert "指导教师何敏正在解答" in (await house.say(LIN_CHAT, "/queue"))[0]
    assert "您已标记为“已解决”" in (await house.say(LI_CHAT, "/queue"))[0]
    await house.deliver()
    await house.press(HE_CHAT, "回答")
    [thanks] = await house.say(HE_CHAT, ANSWER)
    await house.deliver()

    assert "1 位提问的老师" in thanks
    assert named(house.inbox[LIN_CHAT], ANSWER)
    assert not named(house.inbox[LI_CHAT], ANSWER)


async def test_who_asks_again_what_was_solved_is_answered_again(house: House) -> None:
    for chat, button in ((LIN_CHAT, "问专家"), (LI_CHAT, "同问")):
        await house.say(chat, ASKED)
        await house.press(chat, button)
    await house.deliver()
    await house.reply_to_letter(CHEN_CHAT, "不清楚，自己查一查。")
    await house.deliver()
    await house.press(LI_CHAT, "已解决")
    await house.press(LIN_CHAT, "仍未解决")

    await house.say(LI_CHAT, ASKED)
    await house.press(LI_CHAT, "同问")
    await house.deliver()
    await house.reply_to_letter(HE_CHAT, ANSWER)
    await house.deliver()

    assert named(house.inbox[LI_CHAT], ANSWER)


async def test_an_expert_corrects_their_answer_by_replying_again(house: House) -> None:
    await house.say(LIN_CHAT, ASKED)
    await house.press(LIN_CHAT, "问专家")
    await house.deliver()
    await house.reply_to_letter(CHEN_CHAT, "带学生证。")

    assert await house.reply_to_letter(CHEN_CHAT, ANSWER) == [
        "已更正，看过原答复的 1 位老师会收到更正。"
    ]
    await house.deliver()
    [correction] = named(house.inbox[LIN_CHAT], "更正")
    assert ANSWER in correction
    assert "“带学生证。”" in correction
    assert ANSWER in (await house.say(ZHAO_CHAT, "/proposals"))[0]


@pytest.mark.parametrize(
    ("user", "said"),
    [(LIN_CHAT, "这个问题不归您回答。"), (QIAN_CHAT, "这个问题不归您回答。")],
)
async def test_a_button_proves_nothing(house: House, user: int, said: str) -> None:
    await house.say(LIN_CHAT, ASKED)
    await house.press(LIN_CHAT, "问专家")

    assert await house.press_data(user, "qa:a:1") == []
    assert house.notes[-1] == said
    assert await house.press_data(QIAN_CHAT, "qa:e:1") == []
    assert await house.press_data(LI_CHAT, "qa:e:1") == []  # asked in another chat
    assert await house.press_data(user, "qa:py:1") == []
    assert await house.press_data(user, "qa:n:1") == []
    async with house.sessions() as session:
        [question] = await questions.waiting(session)
        assert question.askers == 1
        assert (await turns.running(session, [question.id]))[question.id].name == "陈波"


async def test_a_stranger_is_not_offered_an_expert(house: House) -> None:
    await house.say(QIAN_CHAT, ASKED)

    assert house.inbox[QIAN_CHAT][-1].buttons == ()
    async with house.sessions() as session:
        assert [each.times for each in await gaps.clusters(session)] == [1]


async def test_in_a_group_only_the_presser_is_told(house: House) -> None:
    await house.say(LIN_CHAT, f"@yanxiu_bot {ASKED}", chat=GROUP_CHAT)

    assert await house.press(LI_CHAT, "问专家", chat=GROUP_CHAT) == []
    assert house.notes[-1] == "已替您转给老师，答复会私聊告诉您。"
    assert await house.press(QIAN_CHAT, "问专家", chat=GROUP_CHAT) == []
    assert "只对名单上的老师开放" in house.notes[-1]


async def test_thumbs_and_reasons_are_counted_with_what_is_like_them(house: House) -> None:
    await house.say(LIN_CHAT, "读书笔记写多少字")
    await house.press(LIN_CHAT, "👍")
    assert house.notes[-1] == "谢谢，记下了。"
    await house.press(LIN_CHAT, "👎")
    given = house.inbox[LIN_CHAT][-1].data("👎") or ""
    [noted] = await house.press_data(LIN_CHAT, given.replace("qa:d:", "qa:r:") + ":1")
    await house.press_data(LIN_CHAT, given.replace("qa:d:", "qa:r:") + ":1")  # twice is once
    assert "“过时”" in noted

    await house.say(LI_CHAT, ASKED)
    await house.say(SUN_CHAT, "请问集中研修报到需要带哪些证件")
    await house.say(SUN_CHAT, "给我写一份读书笔记")  # no question: no gap
    async with house.sessions() as session:
        found = await gaps.clusters(session)

    assert [(each.question, each.times, each.down) for each in found] == [
        (ASKED, 2, 0),
        ("读书笔记写多少字", 1, 1),
    ]
