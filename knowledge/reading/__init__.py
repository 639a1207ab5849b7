"""From a file to what it holds: `knowledge.reading.files.read_file` is the door."""
