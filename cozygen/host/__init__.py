"""What CozyGen asks of its host, and its hosts."""
