"""What became of each question of a replayed day, and whether two people ever had the same one."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from knowledge.answering.clusters import ALIKE, likeness
from storage import expert_answers, people, questions, turns
from storage.questions import ANSWERED, Waiting
from storage.turns import Turn
from tests.house import House


@dataclass
class Outcome:
    asked: int = 0
    told_at_once: int = 0  # by what is known, or asked back
    answered: int = 0
    escalated: int = 0  # open, with somebody above the first who had it
    with_the_first: int = 0
    open_and_listed: int = 0
    lost: list[str] = field(default_factory=list)
    held_by_two: list[int] = field(default_factory=list)  # questions
    told_twice: list[str] = field(default_factory=list)  # letters
    turns: Counter[str] = field(default_factory=Counter)  # by outcome
    seconds: float = 0.0

    @property
    def is_sound(self) -> bool:
        kept = self.told_at_once + self.answered + self.escalated + self.with_the_first
        whole = kept + self.open_and_listed == self.asked
        return whole and not (self.lost or self.held_by_two or self.told_twice)

    @property
    def report(self) -> str:
        return (
            f"{self.asked} asked: {self.answered} answered, {self.escalated} escalated,"
            f" {self.with_the_first} with the first, {self.open_and_listed} open and listed,"
            f" {self.told_at_once} told at once; lost {len(self.lost)},"
            f" held by two {len(self.held_by_two)}, told twice {len(self.told_twice)};"
            f" turns {dict(self.turns)}; {self.seconds:.0f} s"
        )


@dataclass(frozen=True)
class Fate:
    """What became of one question."""

    question: Waiting
    history: list[Turn]
    answers: frozenset[str]
    listed: bool

    @property
    def is_with_somebody(self) -> bool:
        return any(turn.ended_at is None for turn in self.history)

    @property
    def was_handed_on(self) -> bool:
        return sum(turn.outcome != turns.UNREACHABLE for turn in self.history) > 1

    @property
    def was_held_by_two(self) -> bool:
        held = [turn for turn in self.history if turn.outcome != turns.UNREACHABLE]
        return any(a.ended_at is None or b.assigned_at < a.ended_at for a, b in pairwise(held))


async def judge(
    house: House, coordinator: int, asked: list[tuple[int, str]], outcome: Outcome
) -> None:
    fates, mine = await fates_of(house, await listed_questions(house, coordinator))
    for user, words in asked:
        found = [
            fates[id]
            for id, wording in mine.get(user, [])
            if wording == words or likeness(words, fates[id].question.text) >= ALIKE
        ]
        if not found:
            outcome.lost.append(words)
            continue
        place(found[0], user, words, house, outcome)
    for id, fate in fates.items():
        outcome.turns.update(turn.outcome or "running" for turn in fate.history)
        if fate.was_held_by_two:
            outcome.held_by_two.append(id)
    for chat, received in house.inbox.items():
        keys = Counter(each.key for each in received if each.key)
        outcome.told_twice += [f"{chat}: {key}" for key, times in keys.items() if times > 1]


def place(fate: Fate, user: int, words: str, house: House, outcome: Outcome) -> None:
    if fate.question.state == ANSWERED:
        heard = [each.html for each in house.inbox[user]]
        if any(answer in html for answer in fate.answers for html in heard):
            outcome.answered += 1
        else:
            outcome.lost.append(words)
    elif fate.is_with_somebody and fate.was_handed_on:
        outcome.escalated += 1
    elif fate.is_with_somebody:
        outcome.with_the_first += 1
    elif fate.listed:
        outcome.open_and_listed += 1
    else:
        outcome.lost.append(words)


async def fates_of(
    house: House, listed: set[int]
) -> tuple[dict[int, Fate], dict[int, list[tuple[int, str]]]]:
    """By question; and by chat the questions that its owner waits for, in their words."""
    fates: dict[int, Fate] = {}
    mine: dict[int, list[tuple[int, str]]] = {}
    async with house.sessions() as session:
        chats = {one.id: one.chat_id or 0 for one in await people.people_with_roles(session)}
        for each in await questions.every(session):
            for one in await questions.askers(session, each.id):
                mine.setdefault(chats[one.person_id], []).append((each.id, one.wording))
            last = await expert_answers.latest(session, each.id)
            fates[each.id] = Fate(
                each,
                await turns.history(session, each.id),
                frozenset([last.text] if last else []),
                each.id in listed,
            )
    return fates, mine


async def listed_questions(house: House, coordinator: int) -> set[int]:
    """What /queue shows, page by page."""
    await house.say(coordinator, "/queue")
    found: set[int] = set()
    while True:
        page = house.inbox[coordinator][-1]
        for _, data in page.buttons:
            if data.startswith("qa:a:"):
                found.add(int(data.rpartition(":")[2]))
        more = page.data("更多")
        if more is None:
            return found
        await house.press_data(coordinator, more)
