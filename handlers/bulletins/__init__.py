"""Links that are posted to groups, and read there."""
