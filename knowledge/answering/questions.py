"""A question as it was understood: kind, scope, and the words a passage has to cover."""

from dataclasses import dataclass, replace
from datetime import date

from knowledge.answering.conditions import Condition
from knowledge.answering.kinds import Asked


@dataclass(frozen=True, slots=True)
class Question:
    """`text` is in normal form, after repair. `terms` are what it is about, without its frame."""

    text: str
    asked: Asked
    terms: tuple[str, ...]
    besides: tuple[Asked, ...] = ()  # what else a double question asks for
    provinces: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    point: str = ""  # the very thing asked for: 衣服 in 穿什么衣服, 工资 in 工资多少
    focus: str = ""  # what the figure asked for is of: 照片 in 几张照片, 报告 in 报告写多少字
    stressed: tuple[str, ...] = ()  # the new words of a turn that goes on with a subject
    asides: tuple[str, ...] = ()  # words behind the question itself
    reasons: tuple[str, ...] = ()  # why one asks: 打呼噜
    conditions: tuple[Condition, ...] = ()  # figures of the asker's own case: 53岁了
    guesses: tuple[str, ...] = ()  # figures the asker proposes: 是不是8号, 800还是1000
    today: date | None = None  # for 还有几天
    home: str = ""  # the asker's province: it need not be said in the reply
    kin: frozenset[str] = frozenset()  # whom the named roles may mean in any programme
    mine: frozenset[str] = frozenset()  # the same of the role that the answer is for
    own: frozenset[str] = frozenset()  # names of the sources of the asker's programmes
    subjects: frozenset[str] = frozenset()  # school subjects that are named: 地理
    taught: frozenset[str] = frozenset()  # those of the asker
    bare: str = ""  # the text without its scope, for carrying the subject on

    def with_scope_of(self, other: "Question") -> "Question":
        """The same question with the scope that `other` names, its own where it names none."""
        return replace(
            self,
            provinces=other.provinces or self.provinces,
            years=other.years or self.years,
            roles=other.roles or self.roles,
            stages=other.stages or self.stages,
        )
