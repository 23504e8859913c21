"""What a run costs the server."""
