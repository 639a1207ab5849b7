"""What cannot apply is excluded before anything is ranked."""

from dataclasses import dataclass
from typing import TypeVar

from knowledge.answering.passages import Passage
from knowledge.answering.questions import Question
from knowledge.chinese.schools import schools_in

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """For whom an answer has to hold. `roles` of the question exclude; the asker's only prefer."""

    provinces: frozenset[str]
    years: frozenset[int]
    roles: frozenset[str]
    stages: frozenset[str]
    schools: frozenset[str]

    def admits(self, passage: Passage) -> bool:
        return (
            self.admits_province(passage)
            and self.admits_year(passage)
            and self.admits_role(passage)
            and self.admits_school(passage)
            and _meets(self.stages, frozenset([passage.scope.stage] if passage.scope.stage else []))
        )

    def admits_province(self, passage: Passage) -> bool:
        return _meets(self.provinces, passage.scope.provinces)

    def is_of_province(self, passage: Passage) -> bool:
        return bool(self.provinces & passage.scope.provinces)

    def admits_role(self, passage: Passage) -> bool:
        """What one role does to another is said of both: 每坊推荐优秀学员5名."""
        meets = _meets(self.roles, passage.scope.roles)
        return meets or any(role in passage.own for role in self.roles)

    def is_of_role(self, passage: Passage) -> bool:
        return _meets(self.roles, passage.scope.roles)

    def admits_school(self, passage: Passage) -> bool:
        """A notice for one kind of school may still speak of another: then it says so."""
        meets = _meets(self.schools, passage.scope.schools)
        return meets or bool(self.schools & schools_in(passage.own))

    def admits_year(self, passage: Passage) -> bool:
        """An undated source may hold for any year; the reply then says that it is undated."""
        return _meets(self.years, years_of(passage))


def wanted(question: Question, province: str, year: int | None) -> Wanted:
    """The question's own scope, else what is known of the asker."""
    return Wanted(
        provinces=frozenset(question.provinces or ([province] if province else [])),
        years=frozenset(question.years or ([year] if year else [])),
        roles=question.kin or frozenset(question.roles),
        stages=frozenset(question.stages),
        schools=schools_in(question.text),
    )


def years_of(passage: Passage) -> frozenset[int]:
    issued = passage.source.issued
    return passage.scope.years or (frozenset([issued.year]) if issued else frozenset())


def _meets(asked: frozenset[T], held: frozenset[T]) -> bool:
    return not asked or not held or bool(asked & held)
