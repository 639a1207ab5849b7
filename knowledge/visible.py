"""What of a text can be seen: names and titles without signs that turn, hide or double it."""

import re

_UNSEEN = re.compile(
    "["
    "\x00-\x09\x0b-\x1f\x7f-\x9f"  # controls; a line end stays
    "\xad\u034f\u061c\u180e\u200b\u200c\u200e\u200f"  # zero width, marks of direction
    "\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # embeddings, overrides, isolates
    "\u115f\u1160\u3164\uffa0\u2800\ufe00-\ufe0e"  # letters that show nothing
    "\ud800-\udfff\U000e0000-\U000e007f"  # halves of characters, tags
    "]"
)
_PICTURE = "\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
_LONE_JOINER = re.compile(f"(?<![{_PICTURE}])\u200d|\u200d(?![{_PICTURE}])")


def visible(text: str) -> str:
    """A zero-width joiner stays where it makes one picture of two."""
    return _LONE_JOINER.sub("", _UNSEEN.sub("", text.replace("\t", " ")))
