"""Judging answers, and reading files of golden questions."""

from datetime import date

import pytest

from knowledge.answering.library import Library
from knowledge.answering.verdicts import Asker
from knowledge.bundled import bundled_documents
from knowledge.evaluation import GoldenQuestion, Result, Turn, evaluated, tallied
from knowledge.question_files import as_json_line, in_json_lines, in_yaml
from knowledge.yaml_lines import Malformed

TODAY = date(2015, 9, 17)
LIBRARY = Library(bundled_documents())


def judged(*turns: Turn, region: str = "") -> Result:
    question = GoldenQuestion("q", "card", Asker(TODAY, province=region), turns)
    [result] = evaluated(LIBRARY, [question])
    return result


def test_right_answer_is_right() -> None:
    assert judged(Turn("云南什么时候报到", must=("25[号日]",), must_not=("13日",))).right


def test_patterns_meet_the_reply_in_normal_form() -> None:
    assert judged(Turn("云南什么时候报到", must=(r"２５號\D", "（原"))).right


@pytest.mark.parametrize(
    "turn",
    [
        Turn("云南什么时候报到", must=("26号",)),
        Turn("云南什么时候报到", must_not=("25号",)),
        Turn("云南什么时候报到", expect=frozenset(["unknown"])),
        Turn("云南什么时候报到", expect=frozenset(["answered", "clarify"]), if_answered=("26号",)),
    ],
)
def test_answer_that_is_not_right_is_wrong_but_sure(turn: Turn) -> None:
    result = judged(turn)

    assert (result.right, result.wrong_but_sure) == (False, True)
    assert "25号" in result.misses[0].said


def test_no_answer_where_there_is_one_is_a_miss_but_not_sure() -> None:
    result = judged(Turn("食堂几点开门", must=("7点",)))

    assert (result.right, result.wrong_but_sure) == (False, False)


def test_turns_share_a_memory_and_count_as_one() -> None:
    turns = (Turn("江西国培什么时候开课", must=("10月13",)), Turn("云南呢", must=("25号",)))
    results = [
        judged(*turns),
        judged(turns[1], Turn("食堂几点开门", expect=frozenset(["unknown"]))),
    ]

    assert results[0].right
    assert tallied(results).total == 2
    assert len(results[1].misses) == 1


def test_yaml_form_is_read_with_its_sets() -> None:
    one, other = in_yaml(
        """
- notices: [a.md]
  context: {region: 吉林, year: 2018}
  questions:
    card:
      - ask: 几天
        expect: answered|clarify
        must: [10天]
        context: {role: 学员, today: 2018-05-01}
        known_gap: 单位
- questions:
    dialogue:
      - turns:
          - {ask: 江西呢}
          - {ask: 云南呢, must_not: ['\\d月']}
""",
        TODAY,
    )

    assert one.notices == ("a.md",)
    assert one.questions == (
        GoldenQuestion(
            "card-1",
            "card",
            Asker(date(2018, 5, 1), province="吉林", role="学员", year=2018),
            (Turn("几天", expect=frozenset(["answered", "clarify"]), must=("10天",)),),
            known_gap="单位",
        ),
    )
    assert [turn.ask for turn in other.questions[0].turns] == ["江西呢", "云南呢"]
    assert other.questions[0].asker == Asker(TODAY)


def test_json_lines_are_read() -> None:
    [one, two] = in_json_lines(
        '{"id": "a", "category": "card", "question": "几天\\u3000\\/", "must": ["\\\\d天"], '
        '"context": {"year": 2015, "region": null}}\n\n'
        '{"id": "b", "turns": [{"question": "x"}, {"question": "y"}]}\n',
        TODAY,
    ).questions

    assert (one.id, one.category, one.turns[0].must) == ("a", "card", (r"\d天",))
    assert one.asker == Asker(TODAY, year=2015)
    assert (two.category, len(two.turns)) == ("dialogue", 2)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{}", "ask"),
        ("oops", "JSON"),
        ('{"question": "x", "expect": "maybe"}', "expect"),
        ('{"question": "x", "must": ["("]}', "正则"),
        ('{"question": "x", "answer": "y"}', "answer"),
        ('{"question": "x", "context": {"today": "soon"}}', "日期"),
    ],
)
def test_mistake_is_named_with_its_line(text: str, reason: str) -> None:
    with pytest.raises(Malformed, match=f"第2行：.*{reason}"):
        in_json_lines(f'{{"question": "x"}}\n{text}\n', TODAY)


def test_question_is_kept_as_it_was() -> None:
    turns = (
        Turn("几天", frozenset(["answered", "clarify"]), ("10天",), (r"\d月",), ("x",)),
        Turn("那江西呢"),
    )
    question = GoldenQuestion("a", "card", Asker(TODAY, province="云南", year=2015), turns)

    assert in_json_lines(as_json_line(question), TODAY).questions == (question,)
