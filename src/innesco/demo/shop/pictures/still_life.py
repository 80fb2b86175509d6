"""The still life on the home page: a table laid from the same drawings as the products."""

from innesco.demo.shop.pictures.paint import PALETTES
from innesco.demo.shop.pictures.scene import DRAWINGS
from innesco.demo.shop.pictures.shapes import box, disc, faint, moved, path

WIDE, HIGH, TABLE = 1200, 760, 610

LAID = (
    *(("planter", "clay", 10, 1.32), ("lantern", "ink", 250, 0.86), ("basket", "clay", 770, 1.28)),
    *(("carafe", "sky", 590, 1.02), ("pot", "fig", 400, 1.04), ("moka", "steel", 168, 0.9)),
    *(("jam", "rose", 720, 0.66), ("espresso", "juniper", 50, 0.62), ("salad", "honey", 930, 0.8)),
)
"""Back to front: what, its palette, where from the left, how large."""


def still_life() -> str:
    """One wide SVG; each thing stands on the table's edge, those in front a little lower."""
    wall = box(0, 0, WIDE, HIGH, "#EBD9D0")
    light = faint(
        path("M520 0H720L560 610H300Z", "#F8EBDD") + path("M770 0H880L740 610H610Z", "#F8EBDD"), 0.9
    )
    sun = disc(890, 240, 210, "#E7B9A0") + path("M40 610V300a170 170 0 0 1 340 0V610Z", "#DFC4BC")
    table = box(0, TABLE, WIDE, HIGH - TABLE, "#B98B6B") + box(0, TABLE, WIDE, 12, "#CDA283")
    things = "".join(_laid(at, *one) for at, one in enumerate(LAID))
    drawn = wall + sun + light + table + things
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}">{drawn}</svg>'


def _laid(at: int, kind: str, palette: str, left: float, scale: float) -> str:
    """A drawing whose clips have names of their own, so that neighbours do not share them."""
    drawn = DRAWINGS[kind](PALETTES[palette])
    drawn = drawn.replace('id="', f'id="{kind}-').replace("url(#", f"url(#{kind}-")
    stands = TABLE + 26 + at * 9
    return moved(drawn, left, stands - 318 * scale, scale)
