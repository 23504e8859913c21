"""Small pictures of large ones."""
