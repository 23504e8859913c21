"""Measurements beside peers; each folder is one noun."""
