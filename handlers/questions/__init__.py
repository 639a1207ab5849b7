"""Asking and being answered: in private, in groups, inline; what goes to experts."""
