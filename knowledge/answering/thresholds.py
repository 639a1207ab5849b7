"""Where the lines between an answer, a question back and an honest "not known" are drawn."""

SURE = 0.58  # above: answer
NEARLY, CLEAR = 0.5, 0.15  # answer too: nearly sure, and clear of everything else
MAYBE = 0.5  # between: ask back; below: not known
CLOSE = 0.09  # candidates this near to the best are as good as it
