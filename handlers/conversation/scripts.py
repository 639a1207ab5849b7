"""Simplified or Traditional, as somebody has chosen; else that of their question."""

from collections.abc import Callable
from dataclasses import replace

from knowledge.answering.verdicts import Clarify, Verdict
from knowledge.chinese.normal import simplified, traditional
from storage.roster import Recipient

HANS, HANT = "hans", "hant"
CONVERTERS: dict[str, Callable[[str], str]] = {HANS: simplified, HANT: traditional}


def in_own_script(verdict: Verdict, person: Recipient | None) -> Verdict:
    convert = CONVERTERS.get(person.script if person else "")
    if convert is None:
        return verdict
    shown = replace(verdict, text=convert(verdict.text), read_as=convert(verdict.read_as))
    if isinstance(shown, Clarify):
        options = tuple(replace(one, label=convert(one.label)) for one in shown.options)
        return replace(shown, options=options)
    return shown
