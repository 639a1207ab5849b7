"""What somebody has to do and when: lists, ticking off, the buttons of a digest, the calendar."""
