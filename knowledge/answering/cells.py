"""What a figure in a cell or a number in a line means, where the word for it stands elsewhere."""

import re
from collections.abc import Sequence

_HEAD_UNIT = re.compile(
    r"[（(](?:单位[：:])?(人次|人|名|位|万元|元|学时|课时|学分|小时|分钟|天|周|年|周岁|岁|次|个|所|家|节|门|期|场|份|套|台"
    r"|间|条|项|组|班|县|校|篇|字|分|%)[)）]"
)
_COUNTS_THINGS = re.compile(  # 工作坊数 beside 参训人数
    r"(?:坊|基地|学校|园|中心|团队|组|站|点|村|乡|镇|县|市|区|项目|课题|机构|单位|平台|资源|案例|课程|作品|成果|论文|报告|课例|房|床位)(?:个数|数量?)$"
)
_SAYS_UNIT = re.compile(r"(学时|课时|学分)数?$|([天字篇节次份班门场人周件])数$|(分)[值数]$|满(分)$")
_COUNTS = re.compile(r"名额|人数|计划数|指标|合计|小计")
_NAMES_A_NUMBER = re.compile(r"号|电话|代码|邮编|密码|时间|日期|年[份度]|序|费|经费|金额|标准")
_BARE = re.compile(r"\d[\d,.]*")
_CONTACTS = (
    (
        re.compile(r"(?<!\d)(?:0\d{2,3}-?\d{7,8}|1\d{10}|[48]00-?\d{3}-?\d{4})"),
        "电话 联系方式 联系电话",
    ),
    (re.compile(r"[\w.-]+@[\w.-]+"), "邮箱 电子邮箱 邮件"),
    (re.compile(r"https?://|www\."), "网址 链接 网站"),
)


def units_of(header: Sequence[str], about: str) -> list[str]:
    """名额（人） gives its figures their unit; a column without one takes that of the others."""
    found = [_unit_in(head) for head in header]
    said = {unit for unit in found if unit}
    common = said.pop() if len(said) == 1 else ""
    if not said and any(_COUNTS.search(text) for text in (*header, about)):
        common = common or "名"
    return [
        unit or ("" if _NAMES_A_NUMBER.search(head) else common)
        for head, unit in zip(header, found, strict=True)
    ]


def _unit_in(head: str) -> str:
    """名额（人） and 人数 give 人, 分值 gives 分."""
    if hit := _HEAD_UNIT.search(head):
        return hit[1]
    if _COUNTS_THINGS.search(head):
        return "个"
    hit = _SAYS_UNIT.search(head)
    return next(filter(None, hit.groups())) if hit else ""


def with_unit(cell: str, unit: str) -> str:
    return f"{cell}{unit}" if unit and _BARE.fullmatch(cell) else cell


def with_names_of_contacts(own: str) -> str:
    """A telephone number is found by 电话, an address with @ by 邮箱, though neither is said."""
    said = [name for pattern, name in _CONTACTS if pattern.search(own)]
    return "\n".join([own, *said])
