"""What a letter of corrections says: each change once, however often it was asked about."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler import question_texts
from scheduler.said import (
    Parts,
    bare,
    figures_of,
    notices_named,
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
        """Phrasings of one question share it: the figures that went and came, and the source."""
        old, new = figures_of(self.before), figures_of(self.after)
        if old == new or not new:
            return old, new, bare(self.before) + bare(self.after)
        return old - new, new - old, next(iter(source_lines(self.new)), "")


def corrections(facts: Sequence[Fact]) -> str:
    """HTML."""
    once = list({fact.change: fact for fact in reversed(facts)}.values())[::-1]
    if len(once) == 1:
        return _alone(once[0])
    told = [
        (each.question, _changed(each.before, each.after), _changed(each.after, each.before))
        for each in once[:MOST]
    ]
    sources = list(dict.fromkeys(one for each in once[:MOST] for one in notices_named(each.new)))
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
    there = {part.shown for part in others}
    new = [part.shown for part in parts if part.shown not in there]
    return "；".join(dict.fromkeys(new or [part.shown for part in parts]))
