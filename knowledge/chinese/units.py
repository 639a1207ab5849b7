"""The unit after a figure: a measure word, 个 with its noun, or the noun itself."""

import re

from knowledge.chinese.numerals import words

# Words that count things in notices; the longest that fits is taken.
_MEASURES = words("""
    个工作日 工作日 个学时 个课时 个小时 个半月 个月 个学期 个学年 个百分点
    个自然日 个名额 个单元 个模块 个环节 个阶段 学时 课时 小时 分钟 学分 学期
    学年 周岁 岁 星期 课次 人次 人天 人日 千字 万字 万元 元钱 字 期 篇 分 秒 时 天
    周 月 年 日内 节 门 份 条 名 人 位 所 家 场 轮 批 类 项 套 段 张 幅
    页 本 册 元 级 层 届 讲 课 遍 组 支 次 倍 米 路 寸 公里 间 桌 件 句 点 种
    步 封 辑 章 块 台 栋 班 县 校 省 市 区 字符 大类 KB MB GB K M G 兆
""")
# A Chinese numeral counts only before these: 三种 is seldom a figure that anyone asks for.
_CHINESE_TOO = words("""
    个工作日 工作日 个学时 个课时 个小时 个半月 个月 个学期 个学年 个 学时 课时
    小时 分钟 学分 学期 学年 周岁 岁 星期 人次 千字 万字 万元 字 期 篇 天 周 年 节
    门 份 条 名 人 位 所 家 场 轮 批 类 项 套 次 遍 倍 元 分 页 册 段
    组 支 件 张 幅 本 寸 路
""")
_NOUN_HEADS = words("""
    资源包 问题 案例 课例 课程 项目 名额 单元 模块 专题 作品 视频 环节 阶段
    作业 主题 帖子 话题 教案 报告 反思 总结 论文 计划 方案 学员 教师 老师 校长
    园长 专家 学校 单位 小组 班级 班 县 区 市 省 乡镇 工作坊 团队 方面 部分
    步骤 类别 学科 领域 工作日 机构 基地 优课 活动 任务 材料 文件 附件 成果
    标准 等级 维度 指标 赛道 组别 日志 评论 回复 提问
""")
_NOT_A_UNIT = {
    "年级",
    "年度",
    "级教师",
    "分校",
    "节约",
    "条件",
    "人工",
    "点评",
    "时间",
    "分工",
    "分别",
}
_RATE = re.compile(r"\s*/\s*(?:人[·.・]?[天日次]|[一-龥]{1,3})")
_GAP = re.compile(r"\s*(?:余|多)?\s*")
_QUOTED = re.compile(r"\s*[「『“\"《‘][^」』”\"》’]{1,12}[」』”\"》’]\s*")
_ENDS = r"的了和与及、，,。.;；:：!?！？()（）在为等全以至或并是不要将于由从左上下内外前后起止时/·"
_RUN = re.compile(rf"[^\W\d_{_ENDS}]+")


def _longest_first(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


_MEASURE = re.compile(_longest_first(_MEASURES), re.IGNORECASE)
_CHINESE_MEASURE = re.compile(_longest_first(_CHINESE_TOO))
_NOUN = re.compile(rf"[^\W\d_{_ENDS}]{{0,5}}(?:{_longest_first(_NOUN_HEADS)})")


def unit_after(plain: str, at: int, *, strict: bool) -> tuple[str, int]:
    """The unit that begins at `at` and where it ends; "" where no unit stands there.

    `strict`: only known measure words count (for 一, which is part of many words).
    """
    gap = _GAP.match(plain, at)
    start = gap.end() if gap else at
    if plain[start : start + 2] in _NOT_A_UNIT:
        return "", at
    measure = (_CHINESE_MEASURE if strict else _MEASURE).match(plain, start)
    if measure and measure[0] != "个":
        rate = _RATE.match(plain, measure.end())
        stop = rate.end() if rate else measure.end()
        return plain[start:stop], stop
    if plain[start : start + 1] == "个":
        return _counted_noun(plain, start)
    return ("", at) if strict else _bare_noun(plain, start)


def _counted_noun(plain: str, start: int) -> tuple[str, int]:
    """个问题; 个“优课”课例资源包 without its qualifier, 个“优课”创建 by what is quoted."""
    at = start + 1
    quoted = _QUOTED.match(plain, at)
    known = _NOUN.match(plain, quoted.end() if quoted else at)
    if known:
        return "个" + known[0], known.end()
    if quoted:
        return "个" + quoted[0].strip()[1:-1], quoted.end()
    run = _RUN.match(plain, at)
    return ("个" + run[0], run.end()) if run and len(run[0]) <= 4 else ("个", at)


def _bare_noun(plain: str, start: int) -> tuple[str, int]:
    run = _RUN.match(plain, start)
    if not run or len(run[0]) > 3 or run[0][0] in "日号月":
        return "", start
    return run[0], run.end()
