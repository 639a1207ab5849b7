"""Names of documents, as two of them are compared."""

import re

from knowledge.chinese.normal import normal

_MARKS = re.compile(r"[\s《》〈〉“”「」〔〕\[\]【】（）()]")


def bare_name(name: str) -> str:
    """A title or a 文号 without the blanks, brackets and quotation marks that come and go."""
    return _MARKS.sub("", normal(name))
