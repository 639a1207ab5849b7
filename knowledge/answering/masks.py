"""A text in which what has been read is blanked out, so that nothing is read twice."""


class Mask:
    def __init__(self, text: str) -> None:
        self._characters = list(text)

    @property
    def text(self) -> str:
        return "".join(self._characters)

    def blank(self, begin: int, stop: int) -> None:
        self._characters[begin:stop] = " " * (stop - begin)
