"""Where the lines between an answer, a question back and an honest "not known" are drawn."""

SURE = 0.58  # what scores so much answers by itself
NEARLY = 0.5  # below, nothing stands beside the best
ANSWER = 0.56  # how sure it must be to be told as the answer; see confidence.py
ASK = 0.3  # how sure, to be offered
MAYBE = 0.5  # below: not known
CLOSE = 0.09  # candidates this near to the best are as good as it
