"""Words at the head of a schedule: names of columns, and names of roles."""

import re

from knowledge.chinese.numerals import folded

_TIME = re.compile(r"(?:起止|研修|培训|计划|完成|实施)?(?:时间|日期|时段|时限)(?:安排|节点)?")
_STAGE = re.compile(r"(?:研修|培训|实施|工作|活动|项目)?(?:阶段|环节|步骤|流程)(?:名称)?")
_ROLE_COLUMN = re.compile(
    r"(?:参与|责任|研修|工作)?(?:角色|人员|对象|主体|责任人|身份|岗位)(?:类别|名称|分工)?"
)
_TASKS = re.compile(
    r"(?:主要|具体|工作|研修|各角色|角色|学习)?(?:任务|职责|内容|工作)(?:[与和及、]?(?:任务|职责|要求|内容|分工|安排))*"
)
_OTHER = re.compile(
    r"序号|编号|备注|地点|形式|方式|学时|学分|说明|附注|成果|课程|主讲.*|专题|单位|联系.*"
)
_ROLE = re.compile(
    r".*(?:学员|组长|班长|坊主|教师|老师|专家|导师|班主任|辅导员|助教|助理|管理员|校长|园长|教研员|项目办|指导者|主持人"
    r"|参训者|负责人|联络员|督导员?|承训机构|承训单位|培训者|团队|机构|学校|教育局|人员|研修员|委员|成员|班委|组员|助学)"
    r"(?:[(（].*[)）])?"
)


def is_time(text: str) -> bool:
    return bool(_TIME.fullmatch(_bare(text)))


def is_stage(text: str) -> bool:
    return bool(_STAGE.fullmatch(_bare(text)))


def is_role_column(text: str) -> bool:
    return bool(_ROLE_COLUMN.fullmatch(_bare(text)))


def is_tasks(text: str) -> bool:
    return bool(_TASKS.fullmatch(_bare(text)))


def is_column_word(text: str) -> bool:
    bare = _bare(text)
    patterns = (_TIME, _STAGE, _ROLE_COLUMN, _TASKS, _OTHER)
    return any(pattern.fullmatch(bare) for pattern in patterns)


def is_role(text: str) -> bool:
    bare = _bare(text)
    return len(bare) <= 16 and bool(_ROLE.fullmatch(bare)) and not is_column_word(bare)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", folded(text))
