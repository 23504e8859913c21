"""A ComfyUI made of stand-ins on real aiohttp: same modules, same route shapes, same order of middlewares.

Held to answers that were recorded from ComfyUI 0.3.64 (see test_stand_in.py).
"""
