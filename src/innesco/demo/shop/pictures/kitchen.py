"""Kitchen things: pots, pans, boards and what lies beside them."""

from innesco.demo.shop.pictures.paint import INK, LEAF, PAPER, STEEL, WOOD, Paint, mix
from innesco.demo.shop.pictures.shapes import (
    box,
    disc,
    faint,
    leaf,
    lit,
    oval,
    path,
    shadow,
    stroke,
    turned,
)


def pot(p: Paint) -> str:
    ears = stroke("M92 216H70a14 14 0 0 0 0 34H92M308 216H330a14 14 0 0 1 0 34H308", p.dark, 13)
    body = path("M88 196H312V270Q312 318 264 318H136Q88 318 88 270Z", p.main)
    lid = path("M84 194Q96 142 200 138Q304 142 316 194Z", p.light)
    rim = box(78, 188, 244, 16, p.dark, 8)
    knob = box(190, 118, 20, 24, INK, 4) + box(178, 104, 44, 20, p.accent, 10)
    return (
        shadow(200, 318, 124) + ears + lit("a", body, 88, 312) + lit("b", lid, 84, 316) + rim + knob
    )


def pan(p: Paint) -> str:
    handle = box(196, 20, 24, 172, WOOD, 12) + disc(208, 40, 5, p.wall)
    joint = box(192, 158, 32, 36, INK, 6)
    rim = disc(200, 254, 100, p.dark) + disc(200, 254, 90, p.main)
    inner = disc(200, 254, 74, mix(p.main, INK, 0.18))
    egg = path("M160 246q2-34 38-30q36-12 48 18q22 20-4 38q-14 28-44 16q-40 4-38-42Z", PAPER)
    yolk = disc(200, 250, 20, "#EFAE3A") + disc(194, 244, 6, "#F8D27E")
    return turned(handle + joint, 24, 200, 254) + shadow(204, 350, 96) + rim + inner + egg + yolk


def board(p: Paint) -> str:
    wood = mix(WOOD, p.main, 0.15)
    shape = path(
        "M128 132H172V84a28 28 0 0 1 56 0V132H272a18 18 0 0 1 18 18V320H110V150a18 18 0 0 1 18-18Z",
        wood,
    )
    grain = stroke("M140 160V306M176 150V310M222 152V308M258 164V306", mix(wood, INK, 0.16), 2.5)
    hole = disc(200, 86, 11, p.wall)
    bread = path("M226 318q-8-66 54-66q60 0 60 66Z", "#D9A05B")
    cuts = stroke("M254 268l12 22M278 262l12 24M302 268l10 20", "#F3D7A4", 6)
    return (
        shadow(220, 318, 118)
        + lit("a", shape, 110, 290)
        + grain
        + hole
        + lit("b", bread, 226, 340)
        + cuts
    )


def knife(p: Paint) -> str:
    blade = path("M184 42Q238 110 232 226H184Z", STEEL) + path("M184 42L206 226H184Z", "#D5DBDF")
    handle = lit("a", path("M180 230H236V340q0 14-14 14H196q-16 0-16-14Z", p.main), 180, 236)
    bolster = box(178, 220, 60, 16, mix(STEEL, INK, 0.35), 3)
    rivets = "".join(disc(208, y, 5, p.accent) for y in (262, 294, 326))
    lemon = disc(116, 300, 34, "#EBCB4B") + disc(116, 300, 27, "#F8E9A6")
    slices = stroke("M116 276V324M92 300H140M99 283L133 317M133 283L99 317", "#EBCB4B", 3)
    return (
        turned(blade + bolster + handle + rivets, 22, 200, 210)
        + shadow(120, 334, 40)
        + lemon
        + slices
    )


def mortar(p: Paint) -> str:
    pestle = turned(lit("p", box(206, 84, 28, 150, WOOD, 14), 206, 234), 28, 220, 200)
    bowl = path("M100 196H300Q298 266 252 288V318H148V288Q102 266 100 196Z", p.main)
    rim = oval(200, 196, 104, 18, p.light) + oval(200, 197, 88, 12, mix(p.main, INK, 0.35))
    green = (
        leaf(158, 196, -32, LEAF, 58)
        + leaf(176, 196, -4, "#7A9B63", 62)
        + leaf(140, 198, -60, LEAF, 44)
    )
    front = path(
        "M100 196Q102 266 148 288V318H252V288Q298 266 300 196Q296 214 200 214T100 196Z", p.main
    )
    return shadow(200, 318, 92) + bowl + rim + green + pestle + lit("a", front, 100, 300)


def apron(p: Paint) -> str:
    neck = stroke("M156 106Q160 44 200 44T244 106", p.accent, 9)
    body = path(
        "M152 100H248Q250 160 300 176L292 340Q200 356 108 340L100 176Q150 160 152 100Z", p.main
    )
    ties = stroke("M102 184Q64 200 70 256M298 184Q336 200 330 256", p.accent, 8)
    pocket = box(146, 226, 108, 74, p.light, 8) + stroke("M150 240H250", p.dark, 2)
    stripe = stroke("M200 228V298", p.dark, 2)
    spoon = box(216, 186, 9, 60, WOOD, 4) + oval(220, 180, 14, 20, WOOD)
    return neck + ties + lit("a", body, 100, 300) + spoon + pocket + stripe


def ladles(p: Paint) -> str:
    spoons = turned(box(186, 90, 12, 150, WOOD, 6) + oval(192, 86, 24, 34, WOOD), -16, 200, 260)
    spatula = box(196, 70, 12, 170, mix(WOOD, INK, 0.2), 6) + box(
        180, 50, 44, 68, mix(WOOD, INK, 0.2), 12
    )
    slots = "".join(box(x, 64, 5, 40, p.form, 2) for x in (190, 200, 210))
    ladle = turned(box(204, 96, 11, 150, STEEL, 5) + disc(210, 92, 26, STEEL), 22, 200, 260)
    jar = lit("a", path("M138 212H262L252 318H148Z", p.main), 138, 262)
    band = path("M141 238H259L257 262H143Z", p.accent)
    return shadow(200, 318, 70) + spoons + ladle + spatula + slots + jar + faint(band, 0.85)


def rolling_pin(p: Paint) -> str:
    pin = box(60, 190, 280, 24, mix(WOOD, INK, 0.25), 12) + lit(
        "a", box(104, 172, 192, 60, WOOD, 16), 104, 296
    )
    rings = box(118, 172, 8, 60, p.main) + box(274, 172, 8, 60, p.main)
    dough = path("M70 292Q96 250 180 262T330 276Q352 318 240 322T70 292Z", "#F4E5C4")
    stars = "".join(disc(x, y, 16, "#E7D0A0") for x, y in ((150, 292), (206, 296), (262, 292)))
    flour = "".join(
        disc(x, y, 3, PAPER) for x, y in ((90, 336), (310, 338), (340, 300), (120, 344))
    )
    return shadow(200, 322, 140) + dough + stars + flour + turned(pin + rings, -24, 200, 200)
