"""CozyGenImageInput: a picture chosen in the form."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from cozygen.node_types.arrays import to_host_array
from cozygen.node_types.base import CozyGenNode, text
from cozygen.node_types.image_reader import UnreadablePictureError, fingerprint, read_picture
from cozygen.node_types.image_reference import BadReferenceError, resolve


class CozyGenImageInput(CozyGenNode):
    """A picture field of the form: upload, camera, paste, input folder or gallery."""

    DISPLAY_NAME: ClassVar[str] = "CozyGen Image Input"
    DESCRIPTION: ClassVar[str] = "A picture that is chosen in the CozyGen form; same outputs as Load Image."
    CATEGORY: ClassVar[str] = "CozyGen"
    RETURN_TYPES: ClassVar[tuple[Any, ...]] = ("IMAGE", "MASK")
    FUNCTION: ClassVar[str] = "load_image"

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802 - ComfyUI's name
        """The inputs, as ComfyUI asks for them."""
        tooltip = "A file in the input folder, or output::folder::file for one of the gallery."
        return {
            "required": {
                "param_name": text("Image Input", "The field's name in the form."),
                "image_filename": text("", tooltip),
            }
        }

    @classmethod
    def VALIDATE_INPUTS(cls, image_filename: str | None = None) -> bool | str:  # noqa: N802 - ComfyUI's name
        """True, or the sentence ComfyUI shows at this node before anything runs."""
        if image_filename is None:
            return True  # linked: the text is not known yet
        try:
            resolve(image_filename, cls.host)
        except BadReferenceError as problem:
            return str(cls.fault("image_filename", str(problem)))
        return True

    @classmethod
    def IS_CHANGED(cls, image_filename: str = "", **_form_only: Any) -> str:  # noqa: N802 - ComfyUI's name
        """A new value whenever the named file was replaced, so that ComfyUI reads it again."""
        try:
            return fingerprint(resolve(image_filename, cls.host))
        except (BadReferenceError, OSError):
            return image_filename  # load_image names the fault

    def load_image(self, image_filename: str, **_form_only: Any) -> tuple[Any, Any]:
        """(images, masks) as LoadImage gives them; an error that names this input otherwise."""
        path = self._resolved(image_filename)
        try:
            images, masks = read_picture(path)
        except UnreadablePictureError as problem:
            raise self.fault("image_filename", f"{path.name}: {problem}") from None
        return to_host_array(images), to_host_array(masks)

    def _resolved(self, image_filename: str) -> Path:
        try:
            return resolve(image_filename, self.host)
        except BadReferenceError as problem:
            raise self.fault("image_filename", str(problem)) from None
