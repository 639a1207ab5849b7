"""General Chinese: jieba's word list, cut down to what occurs, kept ready to load.

jieba's own cache takes half a second to load, half of it words it has seen three times or less.
"""

import io
import logging
import marshal
import os
import sys
import tempfile
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # invalid escapes and pkg_resources in jieba 0.42.1
    import jieba

jieba.setLogLevel(logging.WARNING)

SELDOM = 3  # occurrences in jieba's corpus of 60 million; half of its list is no more frequent
_FORMAT = f"general-{jieba.__version__}-{sys.version_info.major}.{sys.version_info.minor}-1.bin"


@dataclass(frozen=True, slots=True)
class General:
    frequencies: dict[str, int]  # of words, and 0 for the beginnings of words
    total: int
    tags: dict[str, str]  # parts of speech as jieba names them, but for nouns

    def tokenizer(self, words: Iterable[str], frequency: int) -> jieba.Tokenizer:
        """One that knows `words` besides, each as a word of that frequency."""
        tokenizer = jieba.Tokenizer()
        tokenizer.FREQ, tokenizer.total = dict(self.frequencies), self.total
        tokenizer.initialized = True
        tokenizer.load_userdict(io.StringIO("".join(f"{word} {frequency}\n" for word in words)))
        return tokenizer


@cache
def general_chinese() -> General:
    kept = _cache_folder() / _FORMAT
    try:
        return General(*marshal.loads(kept.read_bytes()))
    except (OSError, EOFError, ValueError, TypeError):
        read = _read()
        _keep(kept, read)
        return read


def _read() -> General:
    frequencies: dict[str, int] = {}
    tags: dict[str, str] = {}
    total = 0
    with jieba.get_module_res("dict.txt") as lines:
        for line in lines:
            word, count, tag = line.decode().split()
            total += int(count)
            if len(word) == 1 or int(count) > SELDOM:
                frequencies[word] = int(count)
                if not tag.startswith("n"):
                    tags[word] = tag
    for word in list(frequencies):
        for stop in range(1, len(word)):
            frequencies.setdefault(word[:stop], 0)
    return General(frequencies, total, tags)


def _keep(path: Path, read: General) -> None:
    """Written whole or not at all; where it cannot be written it is read anew the next time."""
    content = marshal.dumps((read.frequencies, read.total, read.tags))
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as written:
            written.write(content)
        Path(written.name).replace(path)
    except OSError:
        return


def _cache_folder() -> Path:
    """Of this user alone, never the shared temporary folder: what lies there is unmarshalled."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "yanxiu"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return Path("/nonexistent")
    return folder
