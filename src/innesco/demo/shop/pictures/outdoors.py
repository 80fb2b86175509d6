"""Things for the open air: to carry, to drink from, to lie on."""

from innesco.demo.shop.pictures.paint import INK, LEAF, PAPER, STEEL, WOOD, Paint, mix
from innesco.demo.shop.pictures.shapes import (
    box,
    disc,
    faint,
    inside,
    lit,
    oval,
    path,
    shadow,
    stroke,
    turned,
)


def bottle(p: Paint) -> str:
    loop = stroke("M184 70a18 18 0 1 1 32 0", WOOD, 8)
    cap = lit("c", box(168, 70, 64, 44, WOOD, 8), 168, 232) + box(174, 110, 52, 14, STEEL)
    body = lit(
        "a",
        path(
            "M174 122H226Q256 134 256 172V298Q256 318 236 318H164Q144 318 144 298"
            "V172Q144 134 174 122Z",
            p.main,
        ),
        144,
        256,
    )
    sun = disc(200, 228, 24, p.accent)
    hills = inside(
        "h",
        box(150, 190, 100, 90, PAPER, 45),
        path("M146 282L182 222L206 252L224 232L256 282Z", p.pale),
    )
    return shadow(200, 318, 62) + loop + cap + body + sun + hills


def backpack(p: Paint) -> str:
    straps = stroke("M142 130Q96 190 116 296M258 130Q304 190 284 296", p.dark, 18)
    handle = stroke("M176 88a24 24 0 0 1 48 0", p.dark, 11)
    body = lit(
        "a",
        path("M124 150Q124 84 200 84T276 150V296Q276 318 252 318H148Q124 318 124 296Z", p.main),
        124,
        276,
    )
    flap = lit(
        "b", path("M118 154Q120 84 200 84T282 154V190Q240 206 200 206T118 190Z", p.light), 118, 282
    )
    pocket = box(148, 234, 104, 66, p.dark, 12) + stroke("M158 252H242", p.light, 3)
    buckles = "".join(
        box(x, 172, 16, 56, WOOD, 4) + box(x - 3, 204, 22, 16, "#D9B36A", 4) for x in (154, 230)
    )
    roll = lit("r", box(118, 50, 164, 40, p.accent, 20), 118, 282) + stroke(
        "M158 50V90M242 50V90", p.dark, 6
    )
    return shadow(200, 318, 88) + straps + roll + handle + body + pocket + flap + buckles


def hat(p: Paint) -> str:
    brim = oval(200, 268, 158, 40, p.main) + oval(200, 262, 150, 32, p.light)
    weave = "".join(
        stroke(
            f"M{58 + at * 10} {268 + at}Q200 {316 - at * 9} {342 - at * 10} {268 + at}", p.dark, 1.5
        )
        for at in range(1, 5)
    )
    crown = lit(
        "a",
        path(
            "M116 256Q112 142 164 142Q184 142 200 156Q216 142 236 142"
            "Q288 142 284 256Q200 288 116 256Z",
            p.main,
        ),
        116,
        284,
    )
    rows = stroke("M120 196Q200 216 280 196M124 174Q200 194 276 174", p.dark, 1.5)
    band = path("M115 222Q200 254 285 222V254Q200 288 115 254Z", p.accent)
    return shadow(200, 306, 140) + brim + faint(weave, 0.5) + crown + faint(rows, 0.5) + band


def basket(p: Paint) -> str:
    handle = stroke("M108 214Q110 84 200 84T292 214", mix(WOOD, INK, 0.2), 14)
    cloth = path("M92 204Q140 160 200 184T308 204L286 244Q240 216 200 244T116 244Z", p.main)
    checks = "".join(box(x, 150, 9, 100, PAPER) for x in range(92, 310, 27)) + "".join(
        box(90, y, 220, 7, PAPER) for y in (184, 206, 228)
    )
    body = path("M88 212H312L292 318H108Z", WOOD)
    weave = "".join(
        stroke(
            f"M{94 + (at % 2) * 8} {230 + at * 18}H{308 - (at % 2) * 8}", mix(WOOD, INK, 0.22), 5
        )
        for at in range(5)
    )
    posts = "".join(
        stroke(f"M{104 + at * 32} 216L{118 + at * 27} 316", mix(WOOD, "#FFFFFF", 0.25), 5)
        for at in range(7)
    )
    loaf = turned(box(230, 108, 34, 130, "#D9A05B", 16), 28, 246, 190)
    return (
        shadow(200, 318, 116)
        + handle
        + loaf
        + lit("a", body, 88, 312)
        + inside("w", body, weave + posts)
        + cloth
        + inside("c", cloth, faint(checks, 0.7))
    )


def hammock(p: Paint) -> str:
    trees = lit("l", box(30, 0, 34, 400, "#7A5A40", 4), 30, 64) + lit(
        "r", box(336, 0, 34, 400, "#7A5A40", 4), 336, 370
    )
    ropes = "".join(
        f"M60 120L{100 + at * 5} {176 + at * 12}M340 120L{300 - at * 5} {176 + at * 12}"
        for at in range(4)
    )
    cloth = path("M94 172Q200 330 306 172Q318 200 310 222Q200 372 90 222Q82 200 94 172Z", p.main)
    stripes = "".join(
        stroke(f"M{100 + at * 50} 160Q{120 + at * 40} 300 {104 + at * 48} 380", colour, 15)
        for at, colour in enumerate((p.accent, p.pale, p.accent, p.pale, p.accent))
    )
    pillow = turned(box(104, 178, 74, 44, PAPER, 18), 44, 140, 200)
    foliage = (
        disc(46, 30, 66, LEAF)
        + disc(356, 22, 74, "#6C8C57")
        + disc(300, 4, 40, "#86A866")
        + disc(104, 4, 44, "#86A866")
    )
    return (
        trees
        + foliage
        + stroke(ropes, "#E9DCC4", 3)
        + cloth
        + inside("s", cloth, faint(stripes, 0.75))
        + pillow
    )


def tent(p: Paint) -> str:
    moon = disc(312, 84, 30, "#F7E7BD") + "".join(
        disc(x, y, 2.5, "#FFFFFF")
        for x, y in ((70, 70), (120, 42), (180, 90), (244, 48), (54, 130))
    )
    hills = path("M0 260Q90 180 190 246T400 220V330H0Z", mix(p.form, INK, 0.12))
    left = path("M200 118L58 318H200Z", p.main)
    right = path("M200 118L342 318H200Z", p.dark)
    door = path("M200 118L156 318H250Z", "#FFE3A1") + path(
        "M200 118L156 318H182Q184 220 200 118Z", p.light
    )
    ropes = stroke("M200 118L24 322M200 118L376 322", PAPER, 2) + stroke("M200 118V102", WOOD, 6)
    return moon + hills + shadow(200, 320, 150) + left + right + door + ropes


def cooler(p: Paint) -> str:
    strap = stroke("M120 190Q126 92 200 92T280 190", WOOD, 12)
    body = lit("a", box(92, 186, 216, 132, p.main, 20), 92, 308)
    lid = lit("b", box(84, 160, 232, 48, p.pale, 18), 84, 316)
    band = box(92, 236, 216, 20, p.accent)
    clip = box(184, 190, 32, 44, STEEL, 6) + box(190, 206, 20, 14, mix(STEEL, INK, 0.4), 3)
    return shadow(200, 318, 118) + strap + body + band + lid + clip


def rolled_mat(p: Paint) -> str:
    sheet = path("M120 240H356Q366 300 350 318H150Z", p.light)
    tiles = "".join(box(150 + 40 * at, 236, 20, 90, PAPER) for at in range(6))
    roll = lit("a", box(64, 196, 230, 106, p.main, 53), 64, 294)
    ends = disc(112, 249, 52, p.pale) + stroke(
        "M112 249a14 14 0 1 1-16 14a30 30 0 1 1 44 10", p.dark, 5
    )
    straps = (
        box(170, 194, 16, 110, WOOD, 4)
        + box(240, 194, 16, 110, WOOD, 4)
        + stroke("M178 196Q212 130 248 196", WOOD, 9)
    )
    return (
        shadow(210, 316, 140) + sheet + inside("t", sheet, faint(tiles, 0.6)) + roll + ends + straps
    )
