"""Broadcasts by coordinators, and snoozed reminders."""
