"""What goes before what: the asker's own programme and province before the rest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from knowledge.answering.addressees import is_of_others
from knowledge.answering.own_sources import names_of
from knowledge.answering.passages import Passage
from knowledge.answering.questions import Question
from knowledge.answering.ranking import Candidate
from knowledge.answering.scoping import Wanted, years_of
from knowledge.answering.thresholds import CLOSE, SURE

FAR = 0.25  # what is only known elsewhere is this much nearer to the question
OWN = 0.4  # what is written for the asker's own programme goes before what holds for all
LOCAL = 0.3  # so does what a province says itself
LOCAL_ASKER = 0.25  # the same where the province is only known of the asker
OF_OTHERS = 0.15  # a task of another role goes behind, though it names the one in question
OF_OTHER_SUBJECT = 0.25  # what names only subjects that the asker does not teach
OLD, AGED = 5, 0.8  # years; what a national text older than that is worth beside newer ones
LOCAL_UNSURE = 0.05  # the same for what is not sure


def admitted(
    question: Question, candidates: Sequence[Candidate], limits: Wanted
) -> list[Candidate]:
    """Scope decides before rank. Asked about a year, a source that names none is no answer."""
    fitting = [each for each in candidates if limits.admits(each.passage)]
    local = LOCAL if question.provinces else LOCAL_ASKER

    def lead(each: Candidate) -> float:
        ahead = max(_lead_of_place(each, limits, local), _lead_of_own(each, question))
        ahead -= OF_OTHERS * _is_for_others(each.passage, question, limits)
        return ahead - OF_OTHER_SUBJECT * is_of_others(each.passage, _taught(question))

    fitting.sort(key=lambda each: -(each.score + lead(each)))
    if not question.years:
        return fitting
    return [each for each in fitting if years_of(each.passage)]


def aged(
    candidates: Sequence[Candidate], limits: Wanted, today: date | None, newest: Mapping[str, int]
) -> list[Candidate]:
    """What was said nationally long ago counts less where the asker's province has said more since.

    `newest`: the last year that a province has notices of.
    """
    since = max((newest.get(province, 0) for province in limits.provinces), default=0)
    if not (since and today) or limits.years:
        return list(candidates)
    old = min(since, today.year) - OLD
    return [
        replace(each, score=each.score * AGED)
        if not each.passage.scope.provinces and max(years_of(each.passage), default=since) <= old
        else each
        for each in candidates
    ]


def newest_years(passages: Iterable[Passage]) -> dict[str, int]:
    """The last year that each province has notices of."""
    newest: dict[str, int] = {}
    for passage in passages:
        for province in passage.scope.provinces if passage.notice else ():
            newest[province] = max(newest.get(province, 0), *years_of(passage), 0)
    return newest


def _is_for_others(passage: Passage, question: Question, limits: Wanted) -> bool:
    """A task of another role than the one named; where none is, than the asker's."""
    if question.roles:
        return not limits.is_of_role(passage)
    owners = passage.scope.roles if passage.task else frozenset[str]()
    return bool(question.mine and owners) and not question.mine & owners


def _lead_of_place(candidate: Candidate, limits: Wanted, local: float) -> float:
    """A province's own notice goes before what holds everywhere, if it answers at all."""
    if not candidate.passage.is_of(limits.provinces):
        return 0.0
    return local if candidate.score >= SURE else LOCAL_UNSURE


def _lead_of_own(candidate: Candidate, question: Question) -> float:
    """So does what is written for a programme that the asker takes part in."""
    if not question.own & names_of(candidate.passage.source):
        return 0.0
    return OWN if candidate.score >= SURE else LOCAL_UNSURE


def lies_elsewhere(
    fitting: Sequence[Candidate], candidates: Sequence[Candidate], own: frozenset[str]
) -> bool:
    """What was asked is known, but only for another province or year."""
    score = fitting[0].score
    if fitting[0].passage.scope.provinces or own & names_of(fitting[0].passage.source):
        return False
    ahead = candidates[0].score - score
    return ahead > FAR or (score < SURE and ahead > CLOSE)


def narrowed(best: list[Candidate], question: Question) -> list[Candidate]:
    """What is said for the asker's own province, programme, stage and role goes before the rest."""
    here = set(question.provinces) or ({question.home} if question.home else set())
    local = [each for each in best if here & each.passage.scope.provinces]
    best = local or best
    best = [each for each in best if question.own & names_of(each.passage.source)] or best
    if question.asked.total:
        best = _sums(best, anywhere=not here)
    staged = [each for each in best if each.passage.scope.stage in question.stages]
    best = staged or best
    best = [each for each in best if not is_of_others(each.passage, _taught(question))] or best
    return [each for each in best if question.mine & each.passage.scope.roles] or best


def _sums(best: Sequence[Candidate], *, anywhere: bool) -> list[Candidate]:
    """The sums, and no parts of them: 总计360学时. `anywhere`: no province is meant, and each
    may tell its own; one of them without a sum is no less in question."""
    summed = [each for each in best if each.figure and each.figure.total]
    if not (summed and anywhere):
        return summed or list(best)
    told = {each.passage.scope.provinces for each in summed}
    return [each for each in best if each in summed or each.passage.scope.provinces not in told]


def _taught(question: Question) -> frozenset[str]:
    """The asker's own subjects, where the question names none."""
    return frozenset() if question.subjects else question.taught
