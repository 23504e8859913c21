"""Pictures with and without secrets, and files that only pretend to be some."""

from __future__ import annotations

import io
import struct
from typing import Any

from PIL import Image, PngImagePlugin

SECRET = b"HOME-ADDRESS"


def picture(width: int = 48, height: int = 32) -> Image.Image:
    """Every pixel differs, so that a turn or a cut shows."""
    data = bytes(
        (x * 5 + c * 40 + y * 3) % 256 for y in range(height) for x in range(width) for c in range(3)
    )
    return Image.frombytes("RGB", (width, height), data)


def encoded(form: str, image: Image.Image | None = None, **options: Any) -> bytes:
    """A picture as a file."""
    out = io.BytesIO()
    (image or picture()).save(out, form, **options)
    return out.getvalue()


def exif(orientation: int = 1) -> bytes:
    """EXIF with a secret in it, and which way is up."""
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010E] = SECRET.decode()
    made[0x8769] = {0x9003: "2026:01:01 00:00:00"}
    made[0x8825] = {1: "N", 2: (52.0, 31.0, 0.0)}
    return made.tobytes()


def png_with_secrets(**options: Any) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("prompt", SECRET.decode())
    info.add_itxt("workflow", SECRET.decode(), zip=True)
    return encoded("PNG", pnginfo=info, exif=exif(), **options) + b"<script>" + SECRET


def jpeg_with_secrets(orientation: int = 1, **options: Any) -> bytes:
    data = encoded("JPEG", exif=exif(orientation), comment=SECRET, quality=90, **options)
    xmp = b"http://ns.adobe.com/xap/1.0/\0" + SECRET
    iptc = b"Photoshop 3.0\0" + SECRET
    blocks = b"".join(
        bytes([0xFF, kind]) + struct.pack(">H", len(body) + 2) + body
        for kind, body in ((0xE1, xmp), (0xED, iptc))
    )
    return data[:2] + blocks + data[2:] + b"PK\x03\x04" + SECRET


def webp_with_secrets(orientation: int = 1, **options: Any) -> bytes:
    return encoded("WEBP", exif=exif(orientation), xmp=b"<x>" + SECRET + b"</x>", lossless=True, **options)


def gif_with_secrets() -> bytes:
    frames = [picture().convert("P"), picture().rotate(180).convert("P")]
    return encoded(
        "GIF", frames[0], save_all=True, append_images=frames[1:], comment=SECRET, loop=0, duration=80
    )


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body


def mp4_with_secrets(brand: bytes = b"isom") -> bytes:
    """The boxes of a film; nothing in it can be played."""
    location = box(b"udta", box(b"\xa9xyz", SECRET)) + box(b"meta", SECRET)
    moov = box(
        b"moov", box(b"mvhd", bytes(100)) + box(b"trak", box(b"tkhd", bytes(84)) + location) + location
    )
    return (
        box(b"ftyp", brand + bytes(4) + brand) + moov + box(b"mdat", b"pixels" * 100) + box(b"uuid", SECRET)
    )


def element(name: bytes, body: bytes) -> bytes:
    return name + b"\x01" + struct.pack(">Q", len(body))[1:] + body


def webm_with_secrets() -> bytes:
    head = element(b"\x1aE\xdf\xa3", b"\x42\x82\x84webm")
    info = element(
        b"\x15\x49\xa9\x66", element(b"\x7b\xa9", SECRET) + element(b"\x2a\xd7\xb1", b"\x0f\x42\x40")
    )
    tags = element(b"\x12\x54\xc3\x67", SECRET * 3)
    return head + element(b"\x18\x53\x80\x67", info + tags + element(b"\x1f\x43\xb6\x75", b"cluster"))
