"""The gallery measured beside its peers."""
