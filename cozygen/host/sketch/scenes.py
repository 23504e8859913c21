"""Landscapes from noise: each scene is a function of a seed and a size, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float64]
Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Canvas:
    """Height, width, their coordinates in 0..1, and the dice of one picture."""

    height: int
    width: int
    y: Plane
    x: Plane
    dice: np.random.Generator


def canvas(seed: int, width: int, height: int) -> Canvas:
    """A blank canvas for one picture."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    return Canvas(height, width, y / height, x / width, np.random.default_rng(seed))


def clouds(at: Canvas, roughness: float = 1.9, stretch: float = 1.0) -> Plane:
    """Cloud-like noise in 0..1: random phases under a 1/f^roughness spectrum."""
    fy = np.fft.fftfreq(at.height)[:, None] * at.height * stretch
    fx = np.fft.rfftfreq(at.width)[None, :] * at.width
    power = 1.0 / np.maximum(np.hypot(fy, fx), 1.0) ** roughness
    phase = np.exp(2j * np.pi * at.dice.random(power.shape))
    plane = np.fft.irfft2(power * phase, s=(at.height, at.width))
    low, high = np.percentile(plane, (1, 99))
    return np.asarray(np.clip((plane - low) / (high - low), 0, 1))


def ridge(at: Canvas, base: float, height: float, roughness: float) -> NDArray[np.float64]:
    """The outline of one chain of hills: a height in 0..1 for every column."""
    frequency = np.maximum(np.fft.rfftfreq(at.width) * at.width, 1.0)
    phase = np.exp(2j * np.pi * at.dice.random(frequency.shape))
    line = np.fft.irfft(phase / frequency**roughness, n=at.width)
    line = (line - line.min()) / (line.max() - line.min())
    return np.asarray(base - height * line)


def gradient(at: Canvas, *stops: Colour) -> Plane:
    """Vertical blend of colours, shape (height, width, 3), values 0..1."""
    places = np.linspace(0, 1, len(stops))
    channels = [np.interp(at.y, places, [stop[index] for stop in stops]) for index in range(3)]
    return np.stack(channels, axis=-1)


def mix(under: Plane, colour: Colour | Plane, mask: Plane) -> Plane:
    """Lay a colour or picture over another where the mask is 1."""
    return under * (1 - mask[..., None]) + np.asarray(colour) * mask[..., None]


def glow(at: Canvas, cx: float, cy: float, radius: float) -> Plane:
    """A round light with a soft edge."""
    distance = np.hypot((at.x - cx) * at.width, (at.y - cy) * at.height) / min(at.width, at.height)
    return np.exp(-((distance / radius) ** 2))


def disc(at: Canvas, cx: float, cy: float, radius: float) -> Plane:
    """A round body with an edge one pixel soft."""
    size = min(at.width, at.height)
    distance = np.hypot((at.x - cx) * at.width, (at.y - cy) * at.height)
    return np.clip(radius * size - distance + 0.5, 0, 1)


def mountains(at: Canvas) -> Plane:
    """Chains of hills in evening haze, with a low sun."""
    warm = at.dice.random() * 0.25
    picture = gradient(
        at, (0.13, 0.2, 0.42), (0.55 + warm, 0.48, 0.6), (1.0, 0.78 - warm / 2, 0.5), (0.98, 0.86, 0.7)
    )
    picture = mix(picture, (1.0, 0.95, 0.9), clouds(at, 2.0, 3.0) ** 3 * 0.45)
    sun = 0.25 + at.dice.random() * 0.5
    picture = mix(picture, (1.0, 0.93, 0.75), glow(at, sun, 0.52, 0.28) * 0.7)
    picture = mix(picture, (1.0, 0.97, 0.88), disc(at, sun, 0.52, 0.055))
    chains = 5
    for chain in range(chains):
        near = (chain + 1) / chains
        line = ridge(at, 0.56 + 0.4 * near**1.4, 0.26 - 0.12 * near, 1.55)
        body = np.clip((at.y - line[None, :]) * at.height + 0.5, 0, 1)
        haze = np.array((0.72, 0.55, 0.56)) * (1 - near) + np.array((0.07, 0.09, 0.17)) * near
        picture = mix(picture, tuple(haze), body * (0.8 + 0.2 * near))
    return picture


def aurora(at: Canvas) -> Plane:
    """Northern lights over a dark forest and a lake."""
    picture = gradient(at, (0.02, 0.03, 0.1), (0.03, 0.09, 0.2), (0.06, 0.2, 0.27))
    stars = (at.dice.random((at.height, at.width)) > 0.9985) * at.dice.random((at.height, at.width))
    picture = mix(picture, (1.0, 1.0, 1.0), stars)
    sway = clouds(at, 2.4)[at.height // 2] * 0.35
    for band in range(4):
        line = 0.2 + 0.1 * band + sway + 0.05 * np.sin(at.x[0] * (5 + band) + band)
        curtain = np.exp(-np.clip(line - at.y, 0, None) * 7) * np.exp(-np.clip(at.y - line, 0, None) * 45)
        streaks = 0.55 + 0.45 * np.interp(
            np.arange(at.width), np.arange(0, at.width, 9), at.dice.random(-(-at.width // 9))
        )
        colour = (0.25 + 0.16 * band, 0.95 - 0.14 * band, 0.6 + 0.08 * band)
        picture = mix(picture, colour, curtain * streaks * 0.55)
    shore = ridge(at, 0.8, 0.08, 1.0)
    picture = mix(picture, (0.01, 0.03, 0.05), np.clip((at.y - shore[None, :]) * at.height + 0.5, 0, 1))
    mirror = np.clip(1.62 - at.y, 0, 1)
    rows = np.clip((mirror[:, 0] * at.height).astype(int), 0, at.height - 1)
    water = np.clip((at.y - 0.81) * at.height, 0, 1)
    return mix(picture, picture[rows] * 0.6, water)


def dunes(at: Canvas) -> Plane:
    """Sand under a clear sky; every crest has a lit and a dark side."""
    tint = at.dice.random() * 0.12
    picture = gradient(at, (0.2, 0.45, 0.72), (0.62, 0.78, 0.87), (0.95, 0.86, 0.72))
    for dune in range(6):
        near = (dune + 1) / 6
        line = ridge(at, 0.42 + 0.6 * near**1.6, 0.2, 2.4)
        body = np.clip((at.y - line[None, :]) * at.height + 0.5, 0, 1)
        slope = np.gradient(line) * at.width
        light = np.clip(0.62 - slope * 0.5, 0.25, 1.0)[None, :] * (0.9 + 0.1 * clouds(at, 1.3, 0.3))
        sand = np.array((0.93, 0.68 - tint, 0.42 - tint))
        picture = mix(picture, light[..., None] * sand * (0.72 + 0.28 * near), body)
    return picture


def planet(at: Canvas) -> Plane:
    """A banded planet with a ring, over stars and a nebula."""
    nebula = clouds(at, 1.8)
    hue = at.dice.random()
    picture = gradient(at, (0.02, 0.02, 0.06), (0.05, 0.03, 0.1))
    picture = mix(picture, (0.35 + 0.4 * hue, 0.16, 0.5 - 0.3 * hue), nebula**2 * 0.6)
    stars = (at.dice.random((at.height, at.width)) > 0.998) * at.dice.random((at.height, at.width))
    picture = mix(picture, (1.0, 0.98, 0.95), stars)
    size = min(at.width, at.height)
    u = (at.x - 0.5) * at.width / (0.28 * size)
    v = (at.y - 0.5) * at.height / (0.28 * size)
    depth = np.sqrt(np.clip(1 - u**2 - v**2, 0, None))
    bands = 0.5 + 0.5 * np.sin((v * 1.0 + u * 0.25) * 14 + clouds(at, 2.0) * 4)
    light = np.clip(0.15 + 0.95 * (depth * 0.55 - u * 0.5 - v * 0.45), 0.02, 1.1)
    surface = np.array((0.9, 0.72, 0.5)) * bands[..., None] + np.array((0.62, 0.4, 0.42)) * (
        1 - bands[..., None]
    )
    picture = mix(picture, np.clip(surface * light[..., None], 0, 1), disc(at, 0.5, 0.5, 0.28))
    ring_v = (v + u * 0.28) * 3.4
    radius = np.hypot(u * 0.96, ring_v)
    ring = ((radius > 1.35) & (radius < 2.05)) * (0.55 + 0.45 * np.sin(radius * 55)) * 0.75
    front = ((v + u * 0.28) > 0) | (u**2 + v**2 > 1)
    return mix(picture, (0.86, 0.8, 0.72), ring * front)


def marble(at: Canvas) -> Plane:
    """Ink in water: folds of folded noise."""
    first, second = clouds(at, 2.8), clouds(at, 2.8)
    folds = 0.5 + 0.5 * np.sin(first * 9 + at.x * 2.5 + 2.2 * np.sin(second * 6 + at.y * 2))
    fine = 0.5 + 0.5 * np.sin(folds * 18 + first * 5)
    warm = at.dice.random()
    deep, light = np.array((0.07, 0.13 + 0.1 * warm, 0.28)), np.array((0.93, 0.87, 0.8 - 0.12 * warm))
    accent = np.array((0.82, 0.42 + 0.15 * warm, 0.35))
    picture = deep + (light - deep) * folds[..., None] ** 1.4
    return np.asarray(picture * 0.86 + accent * (fine * folds * (1 - folds))[..., None] * 0.55)


def flower(at: Canvas) -> Plane:
    """A many-petalled flower on a blurred meadow."""
    picture = gradient(at, (0.32, 0.5, 0.4), (0.16, 0.33, 0.22), (0.06, 0.16, 0.1))
    picture = mix(picture, (0.75, 0.85, 0.55), clouds(at, 2.6) ** 2 * 0.5)
    size = min(at.width, at.height)
    dx, dy = (at.x - 0.5) * at.width / size, (at.y - 0.46) * at.height / size
    radius, angle = np.hypot(dx, dy), np.arctan2(dy, dx)
    petals = int(at.dice.integers(5, 10))
    hue = at.dice.random()
    for layer in range(5, 0, -1):
        reach = 0.085 * layer * (0.78 + 0.22 * np.cos(petals * (angle + layer * 0.37)))
        inside = np.clip((reach - radius) * size + 0.5, 0, 1)
        veins = 0.86 + 0.14 * np.cos(petals * 6 * (angle + layer * 0.37))
        shade = np.clip(0.45 + 0.6 * radius / (0.085 * layer), 0, 1) * veins
        colour = np.array((0.98, 0.45 + 0.4 * hue, 0.62 - 0.35 * hue)) * (1.06 - 0.07 * layer)
        picture = mix(picture, np.clip(shade[..., None] * colour, 0, 1), inside)
    return mix(picture, (0.95, 0.75, 0.2), np.clip((0.05 - radius) * size, 0, 1))


SCENES: dict[str, Callable[[Canvas], Plane]] = {
    "misty mountains at sunset, low sun, layered hills": mountains,
    "aurora borealis over a lake, starry sky, pine shore": aurora,
    "desert dunes, clear sky, long shadows": dunes,
    "ringed planet, nebula, deep space": planet,
    "marbled ink in water, swirling colors": marble,
    "single flower, macro, soft meadow background": flower,
}


def draw(scene: str, seed: int, width: int, height: int) -> NDArray[np.uint8]:
    """One picture of the named scene, shape (height, width, 3), with a film-like grain."""
    at = canvas(seed, width, height)
    picture = SCENES[scene](at) + at.dice.normal(0, 0.012, (height, width, 1))
    return (np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)
