"""Words at the head of a schedule: names of columns, and names of roles."""

import re

from knowledge.chinese.normal import simplified
from knowledge.chinese.numerals import folded

_DUE = re.compile(
    r"(?:任务)?(?:完成|截止|截至|提交|上交|上传|报送|上报|办结|最迟|最晚)+的?(?:时间|日期|时限|期限|时间节点)?(?:要求)?"
    r"|时限|期限|时间节点|时间要求|时限要求"
)
_NOW = re.compile(r"(?:现(?:在)?(?:调整|改|定)?为?|(?:调整|变更|修改|延长)(?:后|为|至))$")
_TIME = re.compile(
    r"(?:起止|研修|培训|计划|完成|实施|工作|活动)?(?:时间|日期|时段|时限|月份|周次)(?:安排|节点|段)?"
)
_STAGE = re.compile(
    r"(?:研修|培训|实施|工作|活动|项目|学习)?(?:阶段|环节|步骤|流程)(?:名称|划分|[及与和、/(]?(?:起止)?时间(?:安排)?\)?)?"
    r"|时间[及与和、/]?(?:阶段|环节)"
)
_ROLE_COLUMN = re.compile(
    r"(?:参与|参加|参训|责任|实施|研修|工作|培训|适用|承担|执行|完成)?"
    r"(?:角色|人员|对象|主体|责任人|身份|岗位|责任单位|承担者|参与者|完成人|执行人)(?:类别|名称|分工)?"
)
_TASKS = re.compile(
    r"(?:主要|具体|工作|研修|培训|各角色|角色|学习|活动|重点|核心)*(?:任务|职责|内容|工作|事项|活动)"
    r"(?:[与和及、]?(?:任务|职责|要求|内容|分工|安排|名称|清单|要点|项目))*"
)
_MORE = re.compile(
    r"(?:具体|任务|完成|质量|成果|工作|考核|研修|学习|相关|提交)*(?:要求|标准|说明|描述|规定)"
    r"(?:[与和及、](?:要求|标准|说明))?|(?:提交|成果)(?:形式|方式|材料|物)|成果|备注|附注|说明|(?:研修|学习|实施)?方式|形式"
)
_AMOUNT = re.compile(
    r"(?:任务|完成|最低|考核|应完成|要求)*(?:数量|任务量|工作量|量化(?:指标|要求|标准)|指标|次数|篇数|份数|期数|节数|条数"
    r"|个数|门数|字数|学时数?|课时数?|学分)(?:要求|指标|标准)?(?:\(.{1,4}\))?"
)
_OTHER = re.compile(
    r"序号|编号|地点|课程|主讲.*|授课.*|任课.*|专题|单位|联系.*|电话|负责处室|平台|分值|权重"
    r"|项目|类[别型]|模块|板块|层次|班次|科目|学科|[地区]域|地区|[市州县区]+|[合小总]计|人数|名额"
)
_ROLE = re.compile(
    r".*(?:学员|组长|班长|坊主|教师|老师|专家|导师|班主任|辅导员|助教|助理|管理员|校长|园长|教研员|项目办|指导者|主持人"
    r"|参训者|负责人|联络员|督导员?|承训机构|承训单位|培训者|团队|机构|学校|教育局|人员|研修员|委员|成员|班委|组员|助学"
    r"|坊员|领衔人|召集人|秘书|主任|园丁|教练|志愿者|观察员|进修校|电教馆|培训院校|教师发展中心|(?:培养|帮扶|结对)对象)(?:\(.*\))?"
)
_HAS_TO_DO = re.compile(
    r"的?(?:主要|具体|研修|工作|学习|各阶段|应完成的?|需完成的?)*(?:任务|职责|工作|要求|分工|内容|清单)"
    r"(?:[与和及、](?:任务|职责|要求|分工|安排))*(?:安排|一览)?表?$"
)
_OWNERS = (
    r"学员|坊主|坊员|组长|班长|参训教师|参训老师|专家|导师|指导教师|辅导教师|班主任|辅导员|管理员"
    r"|主持人|助教|教研员"
)
_NAMED_IN_TEXT = re.compile(
    rf"(?:^|[\s,。;:、()第\d的])(?:本阶段|各阶段|全体|每位|每名|各位?)*"
    rf"(?P<role>[\u4e00-\u9fff]{{0,6}}?(?:{_OWNERS}))"
    r"(?=$|[)的:]|(?:各阶段|主要|具体|研修|工作|学习)*(?:任务|职责|工作|要求|分工|清单|安排)"
    r"|(?:在[^,。;]{1,10})?(?:必?须|需要?|应当?|要)?(?:按时|认真)?完成)"
)
_EVERYBODY = re.compile(r"(?:全体|所有|各类?|全部)(?:人员|角色|成员|参与者)?(?:参与)?|全员")


def is_due(text: str) -> bool:
    return bool(_DUE.fullmatch(_NOW.sub("", _bare(text))))


def is_time(text: str) -> bool:
    return bool(_TIME.fullmatch(_plain(text)))


def is_stage(text: str) -> bool:
    return bool(_STAGE.fullmatch(_plain(text)))


def is_role_column(text: str) -> bool:
    return bool(_ROLE_COLUMN.fullmatch(_plain(text)))


def is_tasks(text: str) -> bool:
    return bool(_TASKS.fullmatch(_plain(text)))


def is_more(text: str) -> bool:
    """Whether the column says more about a task: 要求, 说明, 成果形式."""
    return bool(_MORE.fullmatch(_bare(text)))


def is_amount(text: str) -> bool:
    return bool(_AMOUNT.fullmatch(_bare(text)))


def is_column_word(text: str) -> bool:
    bare = _bare(text)
    patterns = (_DUE, _TIME, _STAGE, _ROLE_COLUMN, _TASKS, _MORE, _AMOUNT, _OTHER)
    return any(pattern.fullmatch(bare) for pattern in patterns)


def is_role(text: str) -> bool:
    bare = _bare(text)
    return len(bare) <= 16 and bool(_ROLE.fullmatch(bare)) and not is_column_word(bare)


def is_everybody(text: str) -> bool:
    return bool(_EVERYBODY.fullmatch(_bare(text)))


def role_over(text: str) -> str:
    """The role whose column it is: 参训教师 for 参训教师任务; "" where it is nobody's."""
    name = "".join(simplified(text).split())
    owner = _HAS_TO_DO.sub("", name)
    return next((each for each in (owner, name) if is_role(each)), "")


def role_said_in(text: str) -> str:
    """The role that a heading or a sentence gives the tasks below it to."""
    plain = folded(text)
    last = ""
    for found in _NAMED_IN_TEXT.finditer(plain):
        last = simplified(text[found.start("role") : found.end("role")])
    return last


def _plain(text: str) -> str:
    """Without a remark behind it: 阶段（时间）."""
    return re.sub(r"(?<=.)\([^()]*\)$", "", _bare(text))


def _bare(text: str) -> str:
    return re.sub(r"\s", "", folded(text))
