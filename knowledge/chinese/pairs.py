"""Characters beside each other, as numbers: read from memory two at a time, a dozen to the µs."""

import sys
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.int64]
_UTF16 = f"utf-16-{sys.byteorder[0]}e"
_BEYOND = 1 << 42  # marks pairs with a character outside the basic plane


def pair_codes(text: str) -> list[int]:
    """One number for each place where two characters stand beside each other."""
    raw = text.encode(_UTF16, "surrogatepass")
    size = len(text) - 1
    if size < 1:
        return []
    if len(raw) != 2 * len(text):
        return [_code(first, second) for first, second in pairwise(text)]
    codes = [0] * size
    held = memoryview(raw)
    codes[::2] = held[: (size + 1) // 2 * 4].cast("I").tolist()
    codes[1::2] = held[2 : 2 + size // 2 * 4].cast("I").tolist()
    return codes


def pair_of(code: int) -> tuple[int, int]:
    """The code points of the two characters."""
    if code & _BEYOND:
        return code >> 21 & 0x1FFFFF, code & 0x1FFFFF
    one, other = code & 0xFFFF, code >> 16
    return (one, other) if sys.byteorder == "little" else (other, one)


def codes_of_points(firsts: Points, seconds: Points) -> Points:
    """Of many pairs at once, all in the basic plane."""
    low, high = (firsts, seconds) if sys.byteorder == "little" else (seconds, firsts)
    return low | high << 16


def _code(first: str, second: str) -> int:
    if max(first, second) > "\uffff":
        return _BEYOND | ord(first) << 21 | ord(second)
    return pair_codes(first + second)[0]
