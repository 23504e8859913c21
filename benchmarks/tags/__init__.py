"""Tag search beside SQLite, rapidfuzz and an FST."""
