"""The bundled answers: complete, told apart, and in our own words."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.chinese.normal import normal, simplified

ROOT = Path(__file__).parent.parent.parent
FILES = sorted((ROOT / "knowledge" / "bundled" / "faq").glob("*.yaml"))
SEED = ROOT.parent / "shared" / "seed"
ITEMS: list[dict[str, Any]] = [
    item for path in FILES for item in yaml.safe_load(path.read_text(encoding="utf-8"))
]
KEYS = {"id", "question", "phrasings", "not_for", "answer", "replaces", "scope", "source"}


def questions(item: dict[str, Any]) -> list[str]:
    return [item["question"], *item["phrasings"]]


def id_of(item: dict[str, Any]) -> str:
    return str(item["id"])


def bare(text: str) -> str:
    return re.sub(r"[\s\W_]+", "", normal(text))


def test_every_id_is_given_once() -> None:
    assert [key for key, times in Counter(map(id_of, ITEMS)).items() if times > 1] == []


def test_no_two_entries_answer_the_same_question() -> None:
    asked = sorted((bare(text), id_of(item)) for item in ITEMS for text in questions(item))

    assert [pair for pair in pairwise(asked) if pair[0][0] == pair[1][0]] == []


def test_every_entry_is_complete_and_in_simplified() -> None:
    odd = {id_of(item): oddities(item) for item in ITEMS}

    assert {key: found for key, found in odd.items() if found} == {}


def oddities(item: dict[str, Any]) -> list[str]:
    texts = [*questions(item), *item.get("not_for", []), item["answer"], item.get("replaces", "")]
    source = item["source"]
    wanted = {
        "keys": set(item) <= KEYS,
        "id": re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", item["id"]),
        "phrasings": 3 <= len(item["phrasings"]) <= 8,
        "source": source["title"] and source["section"],
    }
    traditional = [text for text in texts if simplified(text) != text]
    return [what for what, is_so in wanted.items() if not is_so] + traditional


def test_what_must_not_match_is_no_phrasing_of_its_own() -> None:
    both = {
        id_of(item): set(map(bare, questions(item))) & set(map(bare, item.get("not_for", [])))
        for item in ITEMS
    }

    assert {key: texts for key, texts in both.items() if texts} == {}


@pytest.mark.skipif(not SEED.exists(), reason="the seed page is not beside the checkout")
def test_no_sentence_of_the_seed_page_is_repeated() -> None:
    page = "".join(path.read_text(encoding="utf-8") for path in SEED.glob("*.txt"))
    sentences = {bare(part) for part in re.split(r"[。;；!！?？\n]", page)}
    ours = {bare(part) for item in ITEMS for part in re.split(r"[。；！？]", item["answer"])}

    assert [part for part in ours & sentences if len(part) >= 12] == []
