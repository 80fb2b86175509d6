"""Coffee and tea: the moka on the flame, the cup beside it."""

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

COFFEE = "#4A2C20"


def steam(x: float, y: float) -> str:
    lines = "".join(f"M{x + 22 * at} {y}q-12-16 0-32t0-32" for at in range(2))
    return faint(stroke(lines, "#FFFFFF", 7), 0.75)


def moka(p: Paint) -> str:
    handle = stroke("M256 132Q322 126 312 204L300 236", INK, 16)
    spout = path("M150 112L116 140L146 158Z", p.dark)
    top = path("M146 112H254L240 206H160Z", p.main)
    facets = path("M180 112H216L212 206H188Z", p.light)
    lid = path("M142 112Q150 84 200 78Q250 84 258 112Z", p.dark) + disc(200, 70, 12, INK)
    waist = box(152, 204, 96, 20, p.dark, 5)
    base = path("M158 224H242L268 318H132Z", p.main)
    facet2 = path("M188 224H212L222 318H178Z", p.light)
    return (
        shadow(200, 318, 84)
        + handle
        + spout
        + lit("a", top, 146, 254)
        + facets
        + lid
        + lit("b", base, 132, 268)
        + facet2
        + waist
        + disc(238, 272, 7, p.accent)
        + steam(112, 110)
    )


def mug(p: Paint) -> str:
    handle = stroke("M274 204Q334 196 330 248T272 288", p.main, 20)
    body = path("M112 168H280V284Q280 318 246 318H146Q112 318 112 284Z", p.main)
    band = path("M112 236H280V284Q280 318 246 318H146Q112 318 112 284Z", p.accent)
    top = oval(196, 168, 84, 15, p.light) + oval(196, 169, 72, 10, COFFEE)
    return (
        shadow(200, 318, 96)
        + handle
        + lit("a", body + faint(band, 0.9), 112, 280)
        + top
        + steam(186, 146)
    )


def enamel(p: Paint) -> str:
    handle = stroke("M270 196Q330 192 324 240T266 284", p.main, 13)
    body = path("M120 166H278L270 318H128Z", p.main)
    specks = "".join(
        disc(132 + (at * 47) % 132, 190 + (at * 29) % 118, 1.5 + at % 3, PAPER) for at in range(22)
    )
    rim = box(114, 158, 170, 14, INK, 7)
    hill = path("M150 290L184 232L206 264L224 240L252 290Z", PAPER)
    return (
        shadow(200, 318, 90)
        + handle
        + lit("a", body, 120, 278)
        + faint(specks, 0.6)
        + hill
        + rim
        + steam(186, 140)
    )


def espresso(p: Paint) -> str:
    saucer = oval(200, 306, 128, 20, p.pale) + oval(200, 302, 92, 12, mix(p.main, "#FFFFFF", 0.45))
    handle = stroke("M262 218Q306 212 304 244T258 270", p.main, 14)
    body = path("M132 200H270Q270 300 222 304H180Q132 300 132 200Z", p.main)
    top = (
        oval(201, 200, 69, 13, p.light)
        + oval(201, 201, 58, 9, COFFEE)
        + oval(190, 200, 24, 4, "#B07A4A")
    )
    biscuit = turned(box(96, 286, 50, 14, "#D9A05B", 6), -12, 120, 290)
    return (
        shadow(200, 320, 124)
        + saucer
        + handle
        + lit("a", body, 132, 270)
        + top
        + biscuit
        + steam(190, 180)
    )


def teapot(p: Paint) -> str:
    spout = path("M118 240Q76 220 74 164L100 156Q104 196 142 206Z", p.dark)
    handle = stroke("M276 190Q344 176 338 236T270 282", WOOD, 15)
    body = path("M106 246Q106 166 200 166T294 246Q294 318 246 318H154Q106 318 106 246Z", p.main)
    lid = path("M146 176Q152 142 200 140T254 176Q200 190 146 176Z", p.light) + disc(
        200, 132, 14, p.accent
    )
    sprig = (
        stroke("M176 290Q196 250 226 222", p.pale, 4)
        + leaf(190, 266, -50, p.pale, 30)
        + leaf(202, 250, 80, p.pale, 30)
        + leaf(226, 222, 40, p.pale, 30)
    )
    return (
        shadow(200, 318, 100)
        + spout
        + handle
        + lit("a", body, 106, 294)
        + lid
        + sprig
        + steam(70, 146)
    )


def kettle(p: Paint) -> str:
    neck = stroke("M128 282Q84 262 92 196Q94 158 70 150", p.dark, 14)
    handle = stroke("M262 168Q336 144 330 210V262", WOOD, 17)
    body = path("M132 176H268L288 318H112Z", p.main)
    lid = path("M134 176Q150 146 200 144T266 176Z", p.dark) + disc(200, 136, 13, WOOD)
    dial = (
        disc(216, 250, 22, PAPER) + stroke("M216 250L226 238", p.accent, 4) + disc(216, 250, 3, INK)
    )
    return (
        shadow(200, 318, 100)
        + neck
        + handle
        + lit("a", body, 112, 288)
        + lid
        + dial
        + steam(54, 132)
    )


def grinder(p: Paint) -> str:
    crank = stroke("M200 122V84H286", mix(STEEL, INK, 0.2), 9) + box(272, 52, 28, 36, WOOD, 12)
    dome = path("M146 168Q148 120 200 116T254 168Z", STEEL)
    top = box(130, 164, 140, 22, mix(p.main, INK, 0.2), 6)
    case = box(140, 186, 120, 116, p.main, 4)
    drawer = box(158, 232, 84, 48, p.light, 5) + disc(200, 256, 8, p.accent)
    foot = box(124, 300, 152, 18, mix(p.main, INK, 0.25), 6)
    beans = "".join(
        turned(oval(x, y, 13, 9, COFFEE) + stroke(f"M{x - 8} {y}q8-5 16 0", "#8A5A3C", 2), t, x, y)
        for x, y, t in ((92, 310, 20), (70, 322, -30), (308, 318, 40), (334, 308, -16))
    )
    return (
        shadow(200, 320, 96)
        + crank
        + lit("d", dome, 146, 254)
        + top
        + lit("a", case, 140, 260)
        + drawer
        + foot
        + beans
    )


def dripper(p: Paint) -> str:
    cone = lit("a", path("M124 96H276L222 190H178Z", p.main), 124, 276)
    paper = path("M132 84H268L262 96H138Z", PAPER) + oval(200, 92, 62, 6, COFFEE)
    foot = box(152, 188, 96, 12, p.dark, 6)
    flask = (
        "M160 200H240L238 224Q290 250 286 296Q284 318 262 318H138Q116 318 114 296Q110 250 162 224Z"
    )
    coffee = "M118 276H282Q290 314 262 314H138Q110 314 118 276Z"
    glass = faint(path(flask, mix(p.pale, "#9DB4BC", 0.5)), 0.7) + path(coffee, COFFEE)
    collar = box(154, 212, 92, 20, WOOD, 8)
    drop = path("M200 236q9 14 0 20q-9-6 0-20Z", COFFEE)
    return (
        shadow(200, 318, 88)
        + glass
        + faint(stroke("M136 262Q126 280 132 300", "#FFFFFF", 6), 0.6)
        + collar
        + drop
        + paper
        + cone
        + foot
    )


def tin(p: Paint) -> str:
    body = lit("a", box(126, 148, 148, 170, p.main, 8), 126, 274)
    lid = lit("b", box(120, 120, 160, 40, p.dark, 8), 120, 280)
    label = box(150, 186, 100, 96, PAPER, 50)
    sprig = (
        stroke("M200 268V208", LEAF, 4)
        + leaf(200, 250, -50, LEAF, 34)
        + leaf(200, 250, 50, "#7A9B63", 34)
        + leaf(200, 226, -38, "#7A9B63", 28)
        + leaf(200, 226, 38, LEAF, 28)
    )
    cup = path("M288 272H352Q350 318 330 318H310Q290 318 288 272Z", p.accent) + oval(
        320, 272, 32, 6, "#C98A3A"
    )
    return shadow(216, 318, 124) + body + lid + label + sprig + cup
