"""What a letter of corrections says: each change once, however often it was asked about."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler import question_texts
from scheduler.said import (
    Parts,
    bare,
    figures_of,
    parts_for,
    parts_of,
    shortened,
    source_lines,
)

MOST = 8  # of a message; nobody reads more


@dataclass(frozen=True, slots=True)
class Fact:
    """`new`: "" where what was said rests on nothing any more."""

    question: str
    old: str
    new: str
    day: str
    subject: str = ""  # of who was told

    @property
    def before(self) -> Parts:
        return parts_for(self.old, self.subject) or parts_of(self.old)

    @property
    def after(self) -> Parts:
        return parts_for(self.new, self.subject)

    @property
    def change(self) -> tuple[frozenset[str], frozenset[str], str]:
        """Phrasings of one question share it: the figures that went and came, and the clause."""
        old, new = figures_of(self.before), figures_of(self.after)
        if old == new or not new:
            return old, new, bare(self.before) + bare(self.after)
        clause = next((each for each in self.after if not each.figures <= old), self.after[0])
        return old - new, new - old, "".join(clause.whole.splitlines()[-1].split("——")[-1].split())


def corrections(facts: Sequence[Fact]) -> str:
    """HTML."""
    once = list({fact.change: fact for fact in reversed(facts)}.values())[::-1]
    if len(once) == 1:
        return _alone(once[0])
    told = [
        (each.question, _changed(each.before, each.after), _changed(each.after, each.before))
        for each in once[:MOST]
    ]
    sources = list(dict.fromkeys(line for each in once[:MOST] for line in source_lines(each.new)))
    return question_texts.several_corrected(told, sources, more=len(once) - len(told))


def _alone(fact: Fact) -> str:
    old = shortened("\n".join(part.whole for part in fact.before))
    if not fact.new:
        return question_texts.withdrawn(fact.question, old, fact.day)
    new = fact.new
    if len(fact.after) < len(parts_of(fact.new)):
        said = [part.whole for part in fact.after]
        new = "\n".join([*said, *source_lines(fact.new)])
    return question_texts.corrected(fact.question, new, old, fact.day)


def _changed(others: Parts, parts: Parts) -> str:
    """Of these parts those that the others do not say."""
    there = {part.bare for part in others}
    new = [part for part in parts if part.bare not in there] or list(parts)
    return "；".join(part.shown for part in new)
