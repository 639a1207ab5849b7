"""The engines that are measured: ours, and others as their users set them up.

Each builds from documents and gives back a search for the best one; the rivals are optional.
"""

import sqlite3
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import pairwise
from typing import Any

from knowledge.answering.index import Index
from knowledge.answering.repair import Repairer
from knowledge.chinese.normal import normal
from knowledge.chinese.words import Cutter

Search = Callable[[str], int | None]  # the place of the best document
Build = Callable[[Sequence[str]], Search]


class NotInstalled(Exception):
    """The engine's library is not there; the text is its name."""


def ours(documents: Sequence[str]) -> Search:
    """Slips are repaired as in `ask`; the index alone decides, nothing is ranked again."""
    index, cutter = _index(documents)
    repairer = Repairer(index, cutter, frozenset())
    return lambda text: _first(index.search(repairer.repair(normal(text)).text, 1))


def ours_unrepaired(documents: Sequence[str]) -> Search:
    index, _ = _index(documents)
    return lambda text: _first(index.search(normal(text), 1))


def _index(documents: Sequence[str]) -> tuple[Index, Cutter]:
    cutter = Cutter()
    return Index.of([[(normal(text), 1.0)] for text in documents], cutter.parts), cutter


def _first(found: Sequence[tuple[int, float]]) -> int | None:
    return found[0][0] if found else None


def bm25s_words(documents: Sequence[str]) -> Search:
    return _bm25s(documents, _stock_words(), {})


def bm25s_characters(documents: Sequence[str]) -> Search:
    """Over characters and their pairs in our normal form, k1 tuned: the strongest of its kind."""
    return _bm25s(documents, _characters, {"k1": 0.5})


def _bm25s(
    documents: Sequence[str], cut: Callable[[str], list[str]], settings: dict[str, float]
) -> Search:
    index = _installed("bm25s").BM25(**settings)
    index.index([cut(text) for text in documents], show_progress=False)

    def search(text: str) -> int | None:
        found, scores = index.retrieve([cut(text)], k=1, show_progress=False)
        return int(found[0][0]) if scores[0][0] > 0 else None

    return search


def _characters(text: str) -> list[str]:
    letters = [letter for letter in normal(text) if letter.isalnum()]
    return [*letters, *(one + other for one, other in pairwise(letters))]


def tantivy_words(documents: Sequence[str]) -> Search:
    tantivy, cut = _installed("tantivy"), _stock_words()
    fields = tantivy.SchemaBuilder()
    fields.add_text_field("words", stored=False)
    fields.add_integer_field("place", stored=True)
    schema = fields.build()
    index = tantivy.Index(schema)
    writer = index.writer(num_threads=1)
    for place, text in enumerate(documents):
        writer.add_document(tantivy.Document(words=" ".join(cut(text)), place=place))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> int | None:
        terms = [tantivy.Query.term_query(schema, "words", word) for word in cut(text)]
        either = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        hits = searcher.search(either, 1).hits
        return int(searcher.doc(hits[0][1])["place"][0]) if hits else None

    return search


def fts5_words(documents: Sequence[str]) -> Search:
    cut = _stock_words()
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(words)")
    database.executemany(
        "INSERT INTO texts(rowid, words) VALUES (?, ?)",
        ((place + 1, " ".join(cut(text))) for place, text in enumerate(documents)),
    )
    asking = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 1"

    def search(text: str) -> int | None:
        either = " OR ".join('"{}"'.format(word.replace('"', "")) for word in cut(text))
        found = database.execute(asking, (either,)).fetchone() if either else None
        return int(found[0]) - 1 if found else None

    return search


def _stock_words() -> Callable[[str], list[str]]:
    from knowledge.chinese.stock_cutting import stock_words

    return stock_words


def _installed(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise NotInstalled(name) from None


ENGINES: dict[str, Build] = {  # ours first: the others are compared with it
    "yanxiu": ours,
    "yanxiu, unrepaired": ours_unrepaired,
    "bm25s + jieba": bm25s_words,
    "bm25s, characters": bm25s_characters,
    "tantivy + jieba": tantivy_words,
    "SQLite FTS5 + jieba": fts5_words,
}
