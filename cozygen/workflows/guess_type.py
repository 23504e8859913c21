"""What a workflow makes from what, as its graph tells: used where nobody has said it."""

from __future__ import annotations

from cozygen.workflows.graph import Graph, links_of

_PICTURES = ("loadimage", "cozygenimageinput", "loadvideo")
_VIDEO_MAKERS = ("savevideo", "cozygenvideooutput", "savewebm", "saveanimated", "videocombine", "createvideo")
_OUTPUTS = (*_VIDEO_MAKERS, "saveimage", "previewimage", "cozygenoutput")


def guess_type(graph: Graph) -> str | None:
    """One of the modes of `types`; None where the graph shows nothing."""
    classes = [str(node["class_type"]).lower() for node in graph.values()]
    if not any(name.startswith(_OUTPUTS) or "videocombine" in name for name in classes):
        return None
    makes = "video" if any(part in name for name in classes for part in _VIDEO_MAKERS) else "image"
    return f"{'image' if _reads_a_picture(graph) else 'text'}-to-{makes}"


def _reads_a_picture(graph: Graph) -> bool:
    """Whether a picture that somebody supplies is read by another node."""
    read = {link.node_id for node in graph.values() for _name, link in links_of(node)}
    return any(
        node_id in read and str(node["class_type"]).lower().startswith(_PICTURES)
        for node_id, node in graph.items()
    )
