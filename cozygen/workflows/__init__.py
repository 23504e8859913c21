"""Workflow files, their forms and their values."""
