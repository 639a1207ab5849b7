"""What is worked out once and kept."""

from knowledge.kept import Kept


def test_value_is_worked_out_once_until_there_are_too_many() -> None:
    asked: list[str] = []

    def doubled(text: str) -> str:
        asked.append(text)
        return text * 2

    kept = Kept(doubled, most=2)

    assert [kept["a"], kept["b"], kept["a"]] == ["aa", "bb", "aa"]
    assert asked == ["a", "b"]
    assert kept["c"] == "cc"
    assert list(kept) == ["c"]
