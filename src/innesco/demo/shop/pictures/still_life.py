"""The still life on the home page: a table laid from the same drawings as the products."""

from innesco.demo.shop.pictures.paint import PALETTES
from innesco.demo.shop.pictures.scene import DRAWINGS
from innesco.demo.shop.pictures.shapes import box, disc, faint, moved, path

WIDE, HIGH, TABLE = 1232, 520, 430

LAID = (
    *(("planter", "clay", 470, 1.04), ("basket", "rose", 900, 1.08), ("pot", "fig", 790, 0.82)),
    *(("moka", "steel", 632, 0.76), ("jam", "rose", 912, 0.52), ("salad", "honey", 1000, 0.64)),
    ("espresso", "juniper", 528, 0.48),
)
"""Back to front: what, its palette, where from the left, how large."""


def still_life() -> str:
    """One wide SVG, calm on the left for words; those in front stand a little lower."""
    wall = box(0, 0, WIDE, HIGH, "#F1E3DA")
    panes = path("M520 0H668L560 430H392Z", "#FAF1E6") + path("M700 0H770L680 430H598Z", "#FAF1E6")
    sun = disc(980, 190, 168, "#E9C3AD")
    table = box(0, TABLE, WIDE, HIGH - TABLE, "#BC9070") + box(0, TABLE, WIDE, 8, "#D0A888")
    things = "".join(_laid(at, *one) for at, one in enumerate(LAID))
    drawn = wall + sun + faint(panes, 0.9) + table + things
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}">{drawn}</svg>'


def _laid(at: int, kind: str, palette: str, left: float, scale: float) -> str:
    """A drawing whose clips have names of their own, so that neighbours do not share them."""
    drawn = DRAWINGS[kind](PALETTES[palette])
    drawn = drawn.replace('id="', f'id="{kind}-').replace("url(#", f"url(#{kind}-")
    stands = TABLE + 18 + at * 6
    return moved(drawn, left, stands - 318 * scale, scale)
