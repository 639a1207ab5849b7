"""Whether a change and an older text speak of the same thing, told by their letters."""

from itertools import pairwise

LEEWAY = 0.4  # of a score: a change is said in fewer words than the rule it changes
MOST_OF = 0.6  # of the pairs of letters in what the change is said of


def is_said_of(what: str, text: str) -> bool:
    """Whether `text` has most of `what`; both are in normal form. Nothing is said of ""."""
    pairs = list(map("".join, pairwise(what)))
    return bool(pairs) and sum(pair in text for pair in pairs) >= MOST_OF * len(pairs)
