"""School subjects a text speaks of: 语文, 音乐, 道德与法治 …."""

from knowledge.chinese.named import named_in, table_of

_SUBJECTS = (  # in the order in which they are looked for: the longer name first
    ("道德与法治|思想政治|思政|道法|政治", "思政"),
    ("信息技术|信息科技|信息学科", "信息"),
    ("通用技术", "通用技术"),
    ("心理健康|心理", "心理"),
    ("小学科学|科学(?=教师|学科|班|老师|课|组)", "科学"),
    ("语文", "语文"),
    ("数学", "数学"),
    ("英语|外语", "英语"),
    ("物理", "物理"),
    ("化学", "化学"),
    ("生物", "生物"),
    ("历史", "历史"),
    ("地理", "地理"),
    ("音乐", "音乐"),
    ("体育", "体育"),
    ("美术", "美术"),
    ("书法", "书法"),
    ("劳动(?=教育|教师|学科|班|老师|课|组)", "劳动"),
)
_NAMES = table_of([(pattern, (subject,)) for pattern, subject in _SUBJECTS])


def subjects_in(text: str) -> frozenset[str]:
    """Those that a text in normal form names; empty where it names none."""
    return named_in(text, _NAMES)
