import pytest

from knowledge.chinese.normal import is_traditional, normal, traditional


@pytest.mark.parametrize("text", ["雲南什麼時候報到", "為什麼要報名", "觀課報告要寫多少字"])
def test_traditional_is_recognised(text: str) -> None:
    assert is_traditional(text)


@pytest.mark.parametrize("text", ["云南什么时候报到", "几号", "", "abc 12", "后面"])
def test_simplified_and_common_text_is_not(text: str) -> None:
    assert not is_traditional(text)


def test_normal_form_is_simplified_half_width_lower_case() -> None:
    assert normal("國培１０月 ＡＢ網路研修") == "国培10月 ab网络研修"


def test_replies_use_the_usual_traditional_forms() -> None:
    assert traditional("原为8号，因为") == "原為8號，因為"
