"""Files are read in a process of their own: what goes wrong there ends there."""

import pytest

from knowledge.documents import Unreadable
from knowledge.reading.apart import read_apart
from knowledge.reading.files import read_file
from tests.knowledge.reading import samples


def test_the_same_document_comes_back() -> None:
    content = samples.word(samples.GUIZHOU, samples.SCHEDULE)

    assert read_apart("n.docx", content) == read_file("n.docx", content)


def test_a_refusal_comes_back_as_the_same_line() -> None:
    with pytest.raises(Unreadable, match=r"^n\.txt：文件是空的。$"):
        read_apart("n.txt", b"")


def test_a_file_that_takes_too_long_is_refused() -> None:
    with pytest.raises(Unreadable, match="已放弃"):
        read_apart("n.txt", "一、培训。".encode() * 1000, seconds=0.05)


def test_a_file_that_takes_too_much_memory_is_refused() -> None:
    with pytest.raises(Unreadable, match="内存"):
        read_apart("n.txt", "一、培训。".encode(), megabytes=30)
