"""The headings of rosters in their usual forms."""

import re
from collections.abc import Mapping, Sequence

from knowledge.chinese.normal import normal

NAME, ROLE, GROUP, SUBJECT = "name", "role", "group", "subject"
PROVINCE, AREA, SCHOOL, PHONE = "province", "area", "school", "phone"
PROGRAMME, STATE = "programme", "state"

SAID = {  # how the command says what a column was taken for
    NAME: "姓名",
    ROLE: "角色",
    GROUP: "研修组",
    SUBJECT: "学科",
    PROVINCE: "省份",
    AREA: "地区",
    SCHOOL: "学校",
    PHONE: "手机号",
    PROGRAMME: "项目",
    STATE: "状态",
}
_WHOSE = r"(?:学员|教师|老师|参训教师|参训学员|人员|本人)?(?:的)?"
_FORMS: Mapping[str, tuple[str, ...]] = {  # any of the forms, whole
    NAME: (rf"{_WHOSE}(?:真实)?(?:姓名|名字)",),
    ROLE: (r"(?:研修|培训|项目|人员)?(?:角色|身份|类别|类型)", "role"),
    GROUP: (
        r"(?:所在|所属|研修|培训|学习|辅导|负责)*(?:小?组|组别|班级?|分组|工作坊|坊)(?:名称|号|别)?",
        "group",
    ),
    SUBJECT: (
        r"(?:任教|所教|执教|培训|研修|申报)?(?:学科|科目)(?:领域)?",
        "subject",
    ),
    PROVINCE: (r"(?:所在)?省(?:份|级|市)?(?:自治区)?",),
    AREA: (
        r"(?:所在|所属)?(?:地区|市县|县市区?|区县|县区|县|区|市|地市|市州|州市|设区市)(?:名称)?",
        r"(?:所在|所属)?(?:区域|行政区划?|地市县)",
        "region",
        "area",
    ),
    SCHOOL: (
        r"(?:所在|工作|任教|现)*(?:学校|单位|幼儿园)(?:全称|名称)?",
        "school",
    ),
    PHONE: (
        r"(?:本人|联系|学员|移动)?(?:手机|电话|联系方式)(?:号码?)?",
        "phone",
        "mobile",
        "tel",
    ),
    PROGRAMME: (r"(?:研修|培训|参训)?项目(?:名称|代码|编号|编码)?", "programme", "project"),
    STATE: (r"状态|是否(?:退出|在册|参训)|变动情况?",),
}
_PATTERNS = {field: re.compile("|".join(forms)) for field, forms in _FORMS.items()}
_SIGNS = re.compile(r"[\s*＊:：()（）/、]+")


def field_of(heading: str) -> str:
    """Which field this heading stands for; "" for none that we keep."""
    bare = _SIGNS.sub("", normal(heading))
    if bare in ("name",):
        return NAME
    found = (field for field, pattern in _PATTERNS.items() if pattern.fullmatch(bare))
    return next(found, "")


def fields_of(headings: Sequence[str]) -> dict[int, str]:
    """Column -> field. The first column of a kind counts; a lone 省 beside 市 and 县 is itself."""
    found: dict[int, str] = {}
    for column, heading in enumerate(headings):
        field = field_of(heading)
        if field and (field == AREA or field not in found.values()):
            found[column] = field
    return found
