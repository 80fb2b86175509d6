"""Lights: lamps, candles and a string of bulbs, each with its glow on the wall."""

from innesco.demo.shop.pictures.paint import INK, PAPER, WOOD, Paint, mix
from innesco.demo.shop.pictures.shapes import (
    box,
    disc,
    faint,
    lit,
    oval,
    path,
    shadow,
    stroke,
)

WARM = "#FFE3A1"


def glow(x: float, y: float, radius: float) -> str:
    rings = (disc(x, y, radius * share, WARM) for share in (1, 0.74, 0.5))
    return "".join(faint(ring, 0.28) for ring in rings)


def flame(x: float, y: float) -> str:
    outer = path(
        f"M{x} {y - 44}Q{x + 26} {y - 10} {x} {y}Q{x - 24} {y - 12} {x} {y - 44}Z", "#F0A93B"
    )
    return outer + path(
        f"M{x} {y - 26}Q{x + 12} {y - 8} {x} {y - 2}Q{x - 11} {y - 8} {x} {y - 26}Z", "#FFF1C4"
    )


def mushroom(p: Paint) -> str:
    stem = lit("a", path("M180 186H220Q218 270 250 318H150Q182 270 180 186Z", p.main), 150, 250)
    cap = lit("b", path("M84 196Q88 92 200 88T316 196Q258 214 200 214T84 196Z", p.light), 84, 316)
    under = oval(200, 200, 106, 12, WARM)
    return glow(200, 200, 170) + shadow(200, 318, 62) + stem + under + cap


def globe(p: Paint) -> str:
    ball = disc(200, 156, 78, PAPER) + faint(disc(180, 134, 34, "#FFFFFF"), 0.9)
    arm = stroke("M200 240V286", mix(p.main, INK, 0.3), 12) + box(160, 226, 80, 16, p.main, 8)
    foot = lit("a", path("M128 318Q130 282 200 280T272 318Z", p.main), 128, 272)
    cord = stroke("M268 314Q320 322 330 290T392 300", p.dark, 4)
    return (
        glow(200, 156, 168)
        + cord
        + shadow(200, 318, 78)
        + arm
        + foot
        + faint(disc(200, 156, 84, WARM), 0.9)
        + ball
    )


def pendant(p: Paint) -> str:
    cord = stroke("M200 0V84", INK, 5) + box(186, 76, 28, 34, WOOD, 6)
    shade = lit("a", path("M164 108H236Q252 170 318 216H82Q148 170 164 108Z", p.main), 82, 318)
    rim = oval(200, 216, 118, 12, WARM) + disc(200, 222, 24, PAPER)
    beam = faint(path("M92 222H308L376 400H24Z", WARM), 0.3)
    return beam + cord + rim + shade + stroke("M112 202Q200 214 288 202", p.light, 5)


def candle(p: Paint) -> str:
    jar = faint(path("M130 178H270V296Q270 318 248 318H152Q130 318 130 296Z", p.pale), 0.75)
    wax = lit("a", path("M138 206H262V296Q262 312 246 312H154Q138 312 138 296Z", p.main), 138, 262)
    top = oval(200, 206, 62, 9, p.light) + oval(200, 178, 70, 10, p.pale)
    label = box(158, 234, 84, 54, PAPER, 4) + stroke("M176 252H224M184 268H216", p.dark, 4)
    wick = stroke("M200 206V190", INK, 4)
    return (
        glow(200, 160, 130)
        + shadow(200, 318, 78)
        + jar
        + wax
        + top
        + wick
        + flame(200, 190)
        + label
    )


def tapers(p: Paint) -> str:
    def one(x: float, top: float, colour: str) -> str:
        stick = box(x - 11, top, 22, 270 - top, colour, 5) + stroke(f"M{x} {top}V{top - 8}", INK, 3)
        holder = path(
            f"M{x - 16} 262H{x + 16}V284H{x + 8}V304Q{x + 38} 306 {x + 40} 318"
            f"H{x - 40}Q{x - 38} 306 {x - 8} 304V284H{x - 16}Z",
            "#B9893F",
        )
        return (
            glow(x, top - 26, 62)
            + lit(f"t{x}", stick, x - 11, x + 11)
            + lit(f"h{x}", holder, x - 40, x + 40)
            + flame(x, top - 4)
        )

    return (
        shadow(200, 320, 130)
        + one(108, 158, p.light)
        + one(292, 190, p.accent)
        + one(200, 112, p.main)
    )


def lantern(p: Paint) -> str:
    ring = stroke("M164 96a36 36 0 0 1 72 0", p.dark, 9)
    roof = lit("a", path("M132 138L168 94H232L268 138Z", p.main), 132, 268)
    frame = box(126, 134, 148, 16, p.dark, 4) + box(122, 296, 156, 22, p.dark, 5)
    glass = box(138, 150, 124, 146, mix(WARM, p.pale, 0.4))
    bars = (
        box(134, 150, 10, 146, p.main)
        + box(256, 150, 10, 146, p.main)
        + box(196, 150, 8, 40, p.main)
    )
    wax = lit("w", box(176, 236, 48, 60, PAPER, 5), 176, 224)
    return (
        glow(200, 224, 160)
        + shadow(200, 318, 92)
        + ring
        + glass
        + flame(200, 232)
        + wax
        + bars
        + roof
        + frame
    )


def bulbs(p: Paint) -> str:
    cord = stroke("M0 84Q110 190 220 128T400 92", INK, 5) + stroke(
        "M0 236Q120 318 236 262T400 232", INK, 5
    )

    def bulb(x: float, y: float, colour: str) -> str:
        cap = box(x - 9, y, 18, 20, p.dark, 4)
        glass = disc(x, y + 42, 26, colour) + faint(disc(x - 8, y + 34, 9, "#FFFFFF"), 0.85)
        return glow(x, y + 42, 62) + cap + glass

    spots = (
        (52, 122, WARM),
        (130, 146, p.main),
        (212, 128, WARM),
        (296, 98, p.accent),
        (366, 92, WARM),
        (70, 272, p.accent),
        (168, 286, WARM),
        (264, 250, p.main),
        (348, 232, WARM),
    )
    return cord + "".join(bulb(*spot) for spot in spots)
