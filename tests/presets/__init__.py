"""Tests of presets and form values."""
