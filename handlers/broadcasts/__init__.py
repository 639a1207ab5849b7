"""A coordinator writes to many."""
