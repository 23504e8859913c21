"""The sketch engine: ComfyUI's protocol over a small CPU executor, without models.

It runs ComfyUI-style node classes: CozyGen's own, the handful of core image
nodes that need no model, and one that draws a prompt. It exists so that anyone
can try the whole product in a minute, and says what it is on every picture.
What it says on the wire is held to the recorded answers of a real ComfyUI.
"""
