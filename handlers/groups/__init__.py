"""Study groups: a chat that is bound to one, and how far its people are."""
