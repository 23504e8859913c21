"""Benchmarks of CozyGen inside ComfyUI."""
