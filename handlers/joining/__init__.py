"""Coming in: by a link, with a name, a proof and somebody's yes."""
