"""What a pressed option answers: never that nothing was found, where the option holds it."""

from dataclasses import replace

from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer, Asker, Clarify, Memory, Option, Verdict
from knowledge.chinese.normal import normal

SHORTEST_CLAUSE = 8  # a label below that is a name, a role, a place: it says nothing by itself
CUT = "…"


def answer_of(library: Library, option: Option, asker: Asker, memory: Memory) -> Verdict:
    """By its question; else by its own words, as the clause that begins like that; else the
    words themselves. Another question back stands only where it offers a choice."""
    verdict = library.ask(option.question, asker, memory)
    if isinstance(verdict, Answer):
        return verdict
    words = option.label.removesuffix(CUT)
    if len(words) < SHORTEST_CLAUSE:
        return verdict
    clause = words.partition("：")[2] or words
    for asked in dict.fromkeys((words, clause)):
        own = library.ask(asked, asker, Memory())
        if isinstance(own, Answer) and normal(clause) in normal(own.text):
            return replace(own, memory=verdict.memory, read_as="")
    if isinstance(verdict, Clarify) and len(verdict.options) > 1:
        return verdict
    return Answer(option.label, (), verdict.memory)
