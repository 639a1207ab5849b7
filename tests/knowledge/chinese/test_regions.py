"""Which province a text speaks of."""

import pytest

from knowledge.chinese.prefectures import PREFECTURES
from knowledge.chinese.regions import (
    PROVINCES,
    canonical,
    province_in,
    province_most_named,
    province_of_number,
)


@pytest.mark.parametrize(
    ("text", "provinces"),
    [
        ("雲南教師國培計劃", ("云南",)),
        ("登录山东省教师教育网", ("山东",)),
        ("內蒙古自治區教育廳", ("内蒙古",)),
        ("新疆生产建设兵团教育局", ("兵团",)),
        ("新疆维吾尔自治区教育厅", ("新疆",)),
        ("成都市教育局", ("四川",)),
        ("海南州教育局", ("青海",)),
        ("海南省教育厅", ("海南",)),
        ("黑龙江西部", ("黑龙江",)),
        ("江西和河南", ("江西", "河南")),
        ("吉林省吉林市", ("吉林",)),
    ],
)
def test_provinces_and_their_cities_are_named_in_order(
    text: str, provinces: tuple[str, ...]
) -> None:
    assert province_in(text) == provinces


@pytest.mark.parametrize("text", ["上海南路3号", "中山西路", "南京路", "黄河南岸", "各省、自治区"])
def test_streets_and_rivers_are_no_provinces(text: str) -> None:
    assert province_in(text) == ()


@pytest.mark.parametrize("name", ["云南", "云南省", "雲南省", " 云南 ", "昆明", "昆明市"])
def test_every_usual_form_has_one_short_name(name: str) -> None:
    assert canonical(name) == "云南"


def test_what_is_no_region_has_no_short_name() -> None:
    assert canonical("组长") == ""


def test_there_are_31_provinces_and_the_corps_and_no_city_is_in_two() -> None:
    cities = [city for listed in PREFECTURES.values() for city in listed.split()]

    assert len(PROVINCES) == 32
    assert len(cities) == len(set(cities)) > 330


@pytest.mark.parametrize(
    ("number", "province"),
    [
        ("黔教师函〔2022〕4号", "贵州"),
        ("津教政办〔2022〕4号", "天津"),
        ("蒙教师函〔2022〕4号", "内蒙古"),
        ("甘教厅函〔2026〕3号", "甘肃"),
        ("教师厅〔2015〕2号", ""),
        ("", ""),
    ],
)
def test_the_letter_of_a_number_names_a_province(number: str, province: str) -> None:
    assert province_of_number(number) == province


def test_the_province_most_named_must_stand_out() -> None:
    assert province_most_named("贵阳市、遵义市各派3人，安顺市派2人") == "贵州"
    assert province_most_named("从贵阳出发，到昆明参加") == ""
    assert province_most_named("各地") == ""
