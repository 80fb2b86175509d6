"""Textiles: blankets, cushions, towels and rugs, folded or hung."""

from innesco.demo.shop.pictures.paint import INK, LEAF, PAPER, WOOD, Paint, mix
from innesco.demo.shop.pictures.shapes import (
    box,
    disc,
    faint,
    inside,
    leaf,
    lit,
    path,
    shadow,
    stroke,
    turned,
)


def blanket(p: Paint) -> str:
    def fold(y: float, fill: str) -> str:
        return box(84, y, 232, 50, fill, 24) + stroke(f"M110 {y + 26}H304", mix(fill, INK, 0.16), 3)

    stack = fold(268, p.dark) + fold(222, p.main) + fold(176, p.light)
    drape = path("M96 146H300Q316 146 316 170V252H214V178H96Q84 162 96 146Z", p.main)
    checks = "".join(box(x, 140, 7, 120, p.pale) for x in (228, 252, 276, 300))
    checks += "".join(box(90, y, 230, 7, p.accent) for y in (154, 200, 226))
    fringe = "".join(stroke(f"M{x} 252v18", p.pale, 4) for x in range(220, 316, 12))
    return (
        shadow(200, 318, 122)
        + lit("a", stack, 84, 316)
        + drape
        + inside("c", drape, faint(checks, 0.75))
        + fringe
    )


def cushion(p: Paint) -> str:
    d = "M92 116Q200 134 308 116Q290 216 308 316Q200 298 92 316Q110 216 92 116Z"
    shape = path(d, p.main)
    stripes = "".join(
        box(x, 90, 18, 250, p.pale) + box(x + 24, 90, 5, 250, p.accent) for x in (118, 184, 250)
    )
    piping = stroke(d, p.dark, 5)
    return shadow(200, 318, 116) + turned(
        shape
        + inside("s", shape, faint(stripes, 0.85))
        + lit("a", faint(shape, 0), 92, 308)
        + piping,
        -4,
    )


def cushion_leaf(p: Paint) -> str:
    d = "M92 116Q200 134 308 116Q290 216 308 316Q200 298 92 316Q110 216 92 116Z"
    spots = (
        (140, 196, -30),
        (190, 190, 12),
        (244, 200, 44),
        (160, 266, -56),
        (214, 262, -8),
        (262, 272, 26),
        (206, 306, 60),
        (128, 306, 10),
    )
    sprigs = "".join(
        leaf(x, y, turn, p.pale if at % 2 else p.accent, 52)
        for at, (x, y, turn) in enumerate(spots)
    )
    shape = path(d, p.main)
    return shadow(200, 318, 116) + turned(
        lit("a", shape, 92, 308) + inside("s", shape, sprigs) + stroke(d, p.light, 5), 5
    )


def towels(p: Paint) -> str:
    def roll(x: float, y: float, fill: str) -> str:
        spiral = stroke(f"M{x} {y}a10 10 0 1 1-12 12a24 24 0 1 1 34 10", mix(fill, INK, 0.25), 4)
        return disc(x, y, 44, fill) + disc(x, y, 33, mix(fill, "#FFFFFF", 0.2)) + spiral

    rolls = roll(112, 274, p.main) + roll(200, 274, p.accent) + roll(288, 274, p.light)
    upper = roll(156, 198, p.pale) + roll(244, 198, p.main)
    return shadow(200, 318, 140) + rolls + upper + roll(200, 122, mix(p.accent, "#FFFFFF", 0.4))


def linen(p: Paint) -> str:
    def sheet(y: float, high: float, fill: str) -> str:
        return box(96, y, 208, high, fill, 12) + stroke(
            f"M108 {y + high * 0.5}H296", mix(fill, INK, 0.14), 2
        )

    stack = (
        sheet(272, 46, p.main)
        + sheet(234, 40, p.pale)
        + sheet(202, 34, p.light)
        + sheet(178, 26, PAPER)
    )
    ribbon = box(184, 176, 32, 142, p.accent) + path(
        "M200 176L160 150Q150 172 200 176ZM200 176L240 150Q250 172 200 176Z", p.accent
    )
    lavender = "".join(
        stroke(f"M{x} 176L{x + lean} 110", LEAF, 3)
        + "".join(
            disc(x + lean * (0.6 + at * 0.15), 136 - at * 10, 6, "#8C79B8") for at in range(4)
        )
        for x, lean in ((190, -26), (200, 0), (210, 28))
    )
    return shadow(200, 318, 112) + lavender + lit("a", stack, 96, 304) + ribbon


def rug(p: Paint) -> str:
    rail = (
        stroke("M70 76H330", WOOD, 13)
        + disc(70, 76, 11, mix(WOOD, INK, 0.2))
        + disc(330, 76, 11, mix(WOOD, INK, 0.2))
    )
    cloth = box(106, 72, 188, 236, p.main, 3)
    bands = "".join(
        box(106, y, 188, high, colour)
        for y, high, colour in (
            (92, 10, p.pale),
            (112, 5, p.accent),
            (258, 5, p.accent),
            (272, 10, p.pale),
        )
    )
    rhombs = "".join(
        path(f"M{x} {y - 28}L{x + 26} {y}L{x} {y + 28}L{x - 26} {y}Z", p.pale)
        + path(f"M{x} {y - 13}L{x + 12} {y}L{x} {y + 13}L{x - 12} {y}Z", p.accent)
        for y in (156, 218)
        for x in (142, 200, 258)
    )
    fringe = "".join(stroke(f"M{x} 308v22", p.pale, 4) for x in range(110, 294, 12))
    return rail + fringe + cloth + bands + rhombs + faint(box(240, 72, 54, 236, INK), 0.1)


def robe(p: Paint) -> str:
    hanger = stroke("M200 74V58a12 12 0 1 1 12-12M130 112Q200 58 270 112", WOOD, 8)
    sleeves = path("M136 104L76 226L120 244L150 172ZM264 104L324 226L280 244L250 172Z", p.dark)
    body = path("M140 98Q200 74 260 98L282 334H118Z", p.main)
    lapel = path("M168 90L200 190L232 90Q200 80 168 90Z", p.pale) + stroke(
        "M168 90L202 198V322M232 90L200 190", p.light, 10
    )
    belt = box(126, 196, 148, 20, p.accent, 6) + stroke(
        "M206 210L196 286M212 210L226 270", p.accent, 9
    )
    return hanger + sleeves + lit("a", body, 118, 282) + lapel + belt
