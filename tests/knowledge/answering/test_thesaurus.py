"""The table of words that ask for the same thing: its form, and what it is used for."""

from pathlib import Path

import pytest

import knowledge.answering
from knowledge.answering.coverage import Weigher, credit
from knowledge.answering.index import Index
from knowledge.answering.synonyms import RELATED, SAME, has_synonyms, spoken_phrases, synonyms
from knowledge.chinese.normal import normal
from knowledge.chinese.words import Cutter

HERE = Path(knowledge.answering.__file__).parent
TABLES = [HERE / "synonyms.txt", *sorted((HERE / "thesaurus").glob("*.txt"))]
TOO_GENERAL = {"培训", "教师", "学校"}  # each stands in every notice


def lines_of(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_line_groups_several_words_around_one(path: Path) -> None:
    wrong = [words for words in lines_of(path) if len(words) < 2 or words[0].startswith("~")]

    assert wrong == []


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_no_line_holds_a_word_twice(path: Path) -> None:
    lines = [[word.removeprefix("~") for word in words] for words in lines_of(path)]

    assert [words for words in lines if len(set(words)) < len(words)] == []


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_word_is_as_questions_are_read(path: Path) -> None:
    words = [word.removeprefix("~") for line in lines_of(path) for word in line]

    assert [word for word in words if not word or normal(word) != word or "~" in word] == []


@pytest.mark.parametrize("path", TABLES[1:], ids=lambda path: path.stem)
def test_no_word_that_is_everywhere_stands_for_another(path: Path) -> None:
    words = {word.removeprefix("~") for line in lines_of(path) for word in line}

    assert words & TOO_GENERAL == set()


def test_word_that_is_only_near_stands_for_less() -> None:
    assert synonyms("卧铺")["硬卧"] == SAME
    assert synonyms("卧铺")["火车票"] == RELATED
    assert not has_synonyms("谁也没写进表里的词")


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("往返路费和往返车费谁出", ["往返路费", "往返车费"]),
        ("要坐飞机吗", ["坐飞机"]),
        ("不去行吗", ["不去"]),
        ("什么都没提", []),
        ("每个县几个人", []),
        ("", []),
    ],
)
def test_phrases_are_kept_whole(text: str, phrases: list[str]) -> None:
    assert spoken_phrases(text) == phrases


@pytest.fixture(scope="module")
def weigher() -> Weigher:
    cutter = Cutter(["差旅费", "结业证书"])
    texts = ["差旅费回原单位报销", "考核合格发结业证书", "按时报到", "按时签到", "按时提交"]
    return Weigher(Index.of([[(text, 1.0)] for text in texts], cutter.parts), cutter)


def test_everyday_word_is_covered_by_the_official_one(weigher: Weigher) -> None:
    [fare] = weigher.weighed(["路费"])

    assert credit(fare, "差旅费回原单位报销") == SAME
    assert credit(fare, "往返交通自行安排") == RELATED
    assert credit(fare, "考核合格发结业证书") == 0.0


def test_word_that_the_knowledge_says_otherwise_weighs_like_it(weigher: Weigher) -> None:
    said, otherwise = weigher.weighed(["差旅费", "路费"])

    assert weigher.is_heard_of("路费")
    assert weigher.known_parts("路费") == ["路费"]
    assert otherwise.weight == pytest.approx(said.weight, rel=0.2)


def test_word_that_nobody_writes_is_taken_by_its_verb(weigher: Weigher) -> None:
    assert not weigher.is_heard_of("能带")
    assert weigher.known_parts("能带") == ["带"]
    assert weigher.known_parts("学到") == ["学"]
