"""An index that grows finds the same as one built whole."""

import pytest

from knowledge.answering.index import MOST_SEGMENTS, Index
from knowledge.answering.segments import Segment, sound_code, word_code
from knowledge.chinese.words import Cutter

TEXTS = ["学员于七月报到", "校长培训不少于七十二学时", "报到时缴纳材料", "住宿费由经费列支"]
FIELDS = [[(text, 1.0), ("培训通知", 0.2)] for text in TEXTS]
CUT = Cutter().parts


def test_grown_index_scores_like_one_built_whole() -> None:
    whole = Index.of(FIELDS, CUT)
    grown = Index.of(FIELDS[:2], CUT).with_more(FIELDS[2:])

    assert grown.size == whole.size == len(TEXTS)
    for question in ("报到", "学时", "住宿费", "宝到"):
        assert [number for number, _ in grown.search(question, 4)] == [
            number for number, _ in whole.search(question, 4)
        ]
        assert grown.spread(question) == whole.spread(question)
    assert dict(grown.words()) == dict(whole.words())


def test_index_of_many_pieces_is_merged_and_keeps_its_numbers() -> None:
    index = Index.of(FIELDS[:1], CUT)
    for number in range(2 * MOST_SEGMENTS):
        index = index.with_more([[(f"第{number}号附件的住宿", 1.0)]])

    assert index.size == 1 + 2 * MOST_SEGMENTS
    assert index.spread("住宿") == 2 * MOST_SEGMENTS
    assert index.search("七月报到", 1)[0][0] == 0


def test_merged_segment_holds_what_its_parts_held() -> None:
    one, other = Segment.of(FIELDS[:2], CUT), Segment.of(FIELDS[2:], CUT)
    merged = Segment.merged([one, other])
    code = word_code("报到")

    postings = merged.postings("w", code)

    assert merged.size == 4
    assert merged.spread("w", code) == one.spread("w", code) + other.spread("w", code) == 2
    assert postings is not None
    assert postings[0].tolist() == [0, 2]


def test_spread_of_a_word_cut_otherwise_is_that_of_its_rarest_pair() -> None:
    index = Index.of(FIELDS, CUT)

    assert index.spread("于七月") == 1
    assert index.spread("到缴") == 0
    assert index.new_pairs("报到") == []
    assert not index.knows_word("到时缴")


def test_pairs_that_sound_alike_share_a_feature() -> None:
    codes = [sound_code(*map(ord, pair)) for pair in ("报到", "爆到", "报告", "报a", "报𠀀")]

    assert codes[0] == codes[1] != codes[2]
    assert codes[3:] == [0, 0]


def test_best_passage_is_the_same_whether_one_or_all_are_asked_for() -> None:
    texts = [f"第{number}条学员报到的通知" for number in range(400)] + ["学员退宿的通知"]
    index = Index.of([[(text, 1.0)] for text in texts], CUT)

    for question in ("学员退宿", "第7条报到", "的", "第"):
        one, first = index.search(question, 1), index.search(question, len(texts))[:1]
        assert [number for number, _ in one] == [number for number, _ in first]
        assert [score for _, score in one] == pytest.approx([score for _, score in first])


def test_index_without_passages_finds_nothing() -> None:
    assert Index.of([], CUT).search("报到", 3) == []
