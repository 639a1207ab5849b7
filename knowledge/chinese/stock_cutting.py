"""jieba as its users get it, with nothing of ours: what other engines are measured with."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import jieba


def stock_words(text: str) -> list[str]:
    return [word for word in jieba.lcut(text.lower()) if any(map(str.isalnum, word))]
