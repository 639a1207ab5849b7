"""What somebody settles for themselves: settings, a second surface, going away."""
