"""Whether a passage names things one beside the other: 哪几门, 哪几本书 ask for their names."""

import re
from dataclasses import replace

from knowledge.answering.fitting import fits
from knowledge.answering.passages import Passage
from knowledge.answering.question_words import Kind
from knowledge.answering.questions import Question
from knowledge.answering.synonyms import synonyms
from knowledge.chinese.normal import normal

_LISTING = re.compile(  # names one beside the other
    r"、|[\u4e00-\u9fff》][和与及][《\u4e00-\u9fff]|》[^《]{0,4}《|[(（][12一二①②][)）]|；"
)
_SENTENCE = re.compile(r"[。\n!！?？]")


def lacks_the_list(question: Question, passage: Passage) -> bool:
    """Names are asked for, and none stand where the thing itself is spoken of."""
    asked = question.asked
    if not asked.listed or asked.kind is not Kind.WHAT or passage.entry:
        return False
    point = question.point
    wanted = {word for word in (point, *synonyms(point)) if len(word) > 1} or {point}
    above = passage.label if passage.kind == "section" else f"{passage.context} {passage.label}"
    everywhere = any(word in normal(above) for word in wanted)
    return not any(
        _LISTING.search(sentence) and (everywhere or any(w in normal(sentence) for w in wanted))
        for sentence in _SENTENCE.split(passage.text)
    )


def names_another_thing(question: Question, passage: Passage) -> bool:
    """影子学校叫什么 is not told by a row whose cells of 影子学校 hold their number and town."""
    unit = question.asked.unit
    if passage.kind != "row" or question.asked.kind is not Kind.WHERE or not unit:
        return False
    things = [term for term in question.terms if term.endswith(unit) and term != unit]
    cells = passage.text.split("；")
    told = [cell for cell in cells if any(t in normal(cell.partition("：")[0]) for t in things)]
    return bool(told) and fits(question.asked, replace(passage, text="；".join(told))) < 1.0
