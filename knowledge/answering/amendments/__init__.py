"""What later notices change in what earlier ones said, and how an answer tells it."""
