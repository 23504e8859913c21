"""The vocabulary of prompts."""
