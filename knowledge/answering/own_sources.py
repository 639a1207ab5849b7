"""The sources of the programmes that somebody takes part in: they speak to that person first."""

from collections.abc import Iterable
from functools import lru_cache

from knowledge.documents import Document
from knowledge.names import bare_name
from knowledge.sources import Source


class OwnSources:
    """Per programme the names of its own notice and of the notices that adjust it."""

    def __init__(self, documents: Iterable[Document]) -> None:
        documents = tuple(documents)
        notices = [notice for document in documents for notice in document.notices]
        self._names: dict[str, frozenset[str]] = {}
        for programme in (one for document in documents for one in document.programmes):
            own = names_of(programme.source)
            for notice in notices:
                if own & set(map(bare_name, notice.amends)):
                    own |= names_of(Source(notice.title, notice.number))
            self._names[programme.code] = own

    def names(self, programmes: Iterable[str]) -> frozenset[str]:
        """`programmes`: codes; unknown ones have no sources."""
        nothing: frozenset[str] = frozenset()
        return nothing.union(*(self._names.get(code, nothing) for code in programmes))


@lru_cache(maxsize=4096)
def names_of(source: Source) -> frozenset[str]:
    """What a source is known by: its 文号 if it has one, as titles come again every year."""
    name = bare_name(source.number) or bare_name(source.title)
    return frozenset([name]) if name else frozenset()
