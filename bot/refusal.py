"""What a command says when it cannot do what was asked."""


class Refused(Exception):
    """The text is the one line that the user sees on standard error; exit status 1."""
