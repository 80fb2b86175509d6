"""The larder: jars, bottles, bags and tins with labels of our own."""

from innesco.demo.shop.pictures.paint import INK, LEAF, PAPER, WOOD, Paint, mix
from innesco.demo.shop.pictures.shapes import (
    box,
    disc,
    faint,
    inside,
    leaf,
    lit,
    oval,
    path,
    shadow,
    stroke,
    turned,
)


def words(x: float, y: float, colour: str) -> str:
    return stroke(f"M{x - 26} {y}H{x + 26}", colour, 5) + stroke(
        f"M{x - 16} {y + 14}H{x + 16}", colour, 3
    )


def oil(p: Paint) -> str:
    neck = box(182, 60, 36, 74, p.dark, 4) + box(178, 44, 44, 32, INK, 6)
    body = lit(
        "a",
        path(
            "M182 124H218Q222 150 254 170Q262 178 262 196V300Q262 318 244 318H156"
            "Q138 318 138 300V196Q138 178 146 170Q178 150 182 124Z",
            p.main,
        ),
        138,
        262,
    )
    label = box(150, 206, 100, 84, PAPER, 3) + stroke("M176 250Q200 236 226 222", LEAF, 3)
    twig = (
        leaf(188, 244, -44, LEAF, 24)
        + leaf(198, 240, 84, LEAF, 26)
        + leaf(208, 234, -36, LEAF, 24)
        + disc(182, 250, 7, p.dark)
        + disc(226, 232, 6, p.dark)
    )
    return shadow(200, 318, 68) + neck + body + label + twig + words(200, 270, p.accent)


def jar(p: Paint, sign: str, cloth: bool) -> str:
    glass = lit(
        "a", path("M126 164H274V290Q274 318 246 318H154Q126 318 126 290Z", p.main), 126, 274
    )
    lid = lit("b", box(120, 124, 160, 42, p.accent, 8), 120, 280)
    if cloth:
        cover = path(
            "M116 166Q112 120 150 112H250Q288 120 284 166Q270 154 256 168"
            "Q242 154 228 168Q214 154 200 168Q186 154 172 168Q158 154 144 168Q130 154 116 166Z",
            p.accent,
        )
        dots = "".join(
            disc(132 + 22 * (at % 7), 126 + 18 * (at // 7), 4, PAPER) for at in range(14)
        )
        lid = cover + inside("d", cover, dots)
    return (
        shadow(200, 318, 88)
        + glass
        + lid
        + box(148, 200, 104, 88, PAPER, 6)
        + sign
        + words(200, 264, p.dark)
    )


def honey(p: Paint) -> str:
    cells = "".join(
        path(f"M{x} {y - 13}l11 6.5v13l-11 6.5l-11-6.5v-13Z", p.main)
        for x, y in ((187, 226), (213, 226), (200, 248))
    )
    dipper = turned(
        box(306, 120, 9, 150, WOOD, 4)
        + "".join(oval(310, 272 + at * 13, 22 - abs(at - 1.5) * 4, 7, WOOD) for at in range(4)),
        14,
        310,
        240,
    )
    return jar(p, cells, cloth=False) + dipper


def jam(p: Paint) -> str:
    fruit = path(
        "M200 208Q230 220 224 244Q216 256 200 256T176 244Q170 220 200 208Z", p.main
    ) + leaf(202, 214, 56, LEAF, 24)
    slices = (
        disc(320, 296, 26, p.main)
        + disc(320, 296, 19, mix(p.main, "#F4D4A0", 0.6))
        + "".join(
            disc(x, y, 2.5, p.dark) for x, y in ((312, 292), (324, 288), (328, 302), (314, 304))
        )
    )
    return jar(p, fruit, cloth=True) + slices


def pasta(p: Paint) -> str:
    bag = lit("a", path("M124 118H276L284 318H116Z", p.main), 116, 284)
    top = path("M130 84H270L276 122H124Z", p.dark) + stroke("M132 104H268", p.light, 3)
    window = box(150, 212, 100, 78, "#F3DFA8", 38)
    tubes = "".join(
        turned(box(x, y, 34, 13, "#E2BE6B", 6), turn, x + 17, y + 6)
        for x, y, turn in (
            (158, 232, 20),
            (196, 226, -30),
            (170, 258, -12),
            (208, 254, 40),
            (188, 276, 4),
            (154, 276, 60),
        )
    )
    label = box(146, 142, 108, 54, PAPER, 6) + words(200, 160, p.accent)
    ear = stroke("M320 318Q326 240 312 180", "#C99A3D", 4) + "".join(
        leaf(314 + at, 196 + at * 16, side * 40, "#D9AE52", 28)
        for at in range(4)
        for side in (-1, 1)
    )
    return (
        shadow(200, 318, 96)
        + ear
        + bag
        + top
        + window
        + inside("w", box(150, 212, 100, 78, "#000", 38), tubes)
        + label
    )


def coffee_bag(p: Paint) -> str:
    bag = lit("a", path("M128 122H272Q280 220 286 318H114Q120 220 128 122Z", p.main), 114, 286)
    fold = box(122, 92, 156, 34, p.dark, 5) + box(116, 104, 168, 10, p.accent, 3)
    round_label = disc(200, 216, 50, PAPER) + disc(200, 216, 43, p.pale)
    bean = turned(
        oval(200, 216, 28, 20, "#4A2C20") + stroke("M176 216q12-10 24 0t24 0", "#A77450", 4),
        -32,
        200,
        216,
    )
    spare = "".join(
        turned(
            oval(x, y, 12, 8, "#4A2C20") + stroke(f"M{x - 8} {y}q8-5 16 0", "#A77450", 2), t, x, y
        )
        for x, y, t in ((308, 314, 20), (334, 320, -24), (88, 320, 40))
    )
    return shadow(200, 318, 96) + bag + fold + round_label + bean + words(200, 288, p.pale) + spare


def tomatoes(p: Paint) -> str:
    can = lit("a", box(126, 150, 148, 168, "#C7CED2", 6), 126, 274)
    label = lit("l", box(126, 170, 148, 128, p.main), 126, 274)
    ribs = stroke("M128 160H272M128 308H272", "#98A3A9", 3)
    top = oval(200, 150, 74, 14, "#DDE2E5") + oval(200, 150, 60, 9, "#B8C1C6")
    badge = (
        oval(200, 226, 54, 44, PAPER)
        + disc(190, 230, 21, "#C8452F")
        + disc(216, 222, 17, "#D9624A")
    )
    stars = (
        leaf(190, 214, -60, LEAF, 18) + leaf(190, 214, 0, LEAF, 18) + leaf(190, 214, 60, LEAF, 18)
    )
    fresh = (
        disc(318, 296, 28, "#C8452F")
        + faint(disc(308, 286, 8, "#FFFFFF"), 0.5)
        + leaf(318, 272, -50, LEAF, 22)
        + leaf(318, 272, 40, LEAF, 22)
    )
    return (
        shadow(210, 318, 120)
        + can
        + label
        + ribs
        + top
        + badge
        + stars
        + stroke("M168 286H232", p.accent, 5)
        + fresh
    )


def chocolate(p: Paint) -> str:
    bar = box(128, 74, 144, 150, "#4A2C20", 6)
    squares = "".join(
        box(136 + 46 * (at % 3), 82 + 44 * (at // 3), 38, 36, "#6A4230", 4) for at in range(6)
    )
    foil = path("M118 176L146 160L170 178L196 158L226 178L252 160L282 176V204H118Z", "#D9DFE2")
    wrap = lit("a", box(112, 190, 176, 138, p.main, 6), 112, 288)
    label = (
        box(136, 216, 128, 84, PAPER, 4)
        + path("M200 226Q226 244 200 268Q174 244 200 226Z", p.accent)
        + words(200, 280, p.dark)
    )
    return shadow(200, 328, 106) + turned(bar + squares + foil + wrap + label, -7, 200, 320)


def salt(p: Paint) -> str:
    jar_glass = faint(path("M132 170H268V296Q268 318 246 318H154Q132 318 132 296Z", p.pale), 0.7)
    grains = path(
        "M138 214Q170 202 200 212T262 210V296Q262 312 246 312H154Q138 312 138 296Z", "#FBFAF7"
    )
    flecks = "".join(
        disc(146 + (at * 37) % 110, 222 + (at * 23) % 84, 2 + at % 3, p.main if at % 2 else LEAF)
        for at in range(26)
    )
    cork = lit("c", path("M140 138H260L254 176H146Z", WOOD), 140, 260)
    tag = (
        stroke("M262 184Q296 190 300 214", INK, 2)
        + turned(box(276, 212, 54, 72, PAPER, 6), 10, 300, 240)
        + turned(words(303, 240, p.main), 10, 300, 240)
    )
    return (
        shadow(200, 318, 80)
        + jar_glass
        + grains
        + flecks
        + cork
        + faint(stroke("M146 226V292", "#FFFFFF", 6), 0.8)
        + tag
    )
