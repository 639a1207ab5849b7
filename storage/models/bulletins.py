"""Bulletins: what was posted to which groups, and who has read it."""
