"""Strewn characters go, words that contain them stay."""

import pytest

from knowledge.reading.watermarks import without_watermark


def test_a_strewn_word_is_taken_out() -> None:
    strewn = "教师约占总数的四分版之三，他们的专业水平权直接关系着教育质量。"

    assert without_watermark(strewn) == "教师约占总数的四分之三，他们的专业水平直接关系着教育质量。"


@pytest.mark.parametrize(
    "text",
    [
        "课程版权归省教育厅所有，学员有权下载。",
        "培训内容包括课程设计，容量为50人。",
        "请登录百度网盘，度过难关。",
        "我知道报到时间，道路畅通。",
        "来自云南的学员自行报到。",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert without_watermark(text) == text
