"""Pictures to work from."""
