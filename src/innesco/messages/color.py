"""The shop's colour on buttons, and what can be read on it."""

import re

COLOR = re.compile(r"#[0-9a-fA-F]{6}\Z")
DEFAULT = "#b83a14"


def usable(color: str) -> str:
    """The colour as it may stand in a style; ours when it is none."""
    return color if COLOR.match(color) else DEFAULT


def readable_on(color: str) -> str:
    """White or ink, whichever reads better on this colour (WCAG 2.2 §1.4.3)."""
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#ffffff" if 1.05 / (light + 0.05) >= 4.5 else "#1d1a18"
