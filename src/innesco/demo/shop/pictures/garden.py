"""Garden things: pots that grow, cans that water, a house for the robin."""

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

FRESH = "#7A9B63"


def watering_can(p: Paint) -> str:
    spout = stroke("M132 274L70 172", p.dark, 16) + turned(
        path("M42 150H98L84 176H56Z", p.main), -28, 70, 166
    )
    handle = stroke("M270 190Q356 184 338 256T268 296", p.dark, 13)
    bow = stroke("M146 178Q196 96 250 178", p.dark, 11)
    body = path("M126 178H270L280 318H116Z", p.main)
    hoops = stroke("M123 208H273M118 290H278", p.light, 6)
    drops = "".join(
        path(f"M{x} {y}q8 13 0 18q-8-5 0-18Z", "#6FA3BF")
        for x, y in ((40, 182), (58, 200), (30, 214), (50, 230))
    )
    return shadow(200, 318, 92) + spout + handle + bow + lit("a", body, 116, 280) + hoops + drops


def plant(p: Paint) -> str:
    fronds = "".join(
        stroke(f"M200 214Q{200 + lean * 0.4} {214 - up * 0.7} {200 + lean} {214 - up}", LEAF, 4)
        + leaf(200 + lean, 222 - up, lean * 0.55, FRESH if at % 2 else LEAF, 72)
        for at, (lean, up) in enumerate(
            ((-78, 46), (-48, 96), (0, 112), (50, 92), (80, 42), (-20, 60), (26, 54))
        )
    )
    pot = lit("a", path("M136 216H264L248 318H152Z", p.main), 136, 264) + lit(
        "b", box(126, 204, 148, 28, p.light, 5), 126, 274
    )
    return shadow(200, 318, 82) + fronds + pot


def herbs(p: Paint) -> str:
    def tuft(x: float, fill: str, turn: float) -> str:
        return "".join(leaf(x, 238, at * 17 + turn, fill, 66 - abs(at) * 5) for at in range(-3, 4))

    tufts = tuft(128, LEAF, 0) + tuft(200, "#93AE6C", 4) + tuft(272, FRESH, -3)
    flowers = "".join(disc(x, y, 7, "#9A86C4") for x, y in ((116, 178), (134, 170), (146, 186)))
    crate = "".join(
        box(76, y, 248, 34, WOOD if at % 2 else mix(WOOD, "#FFFFFF", 0.12), 4)
        for at, y in enumerate((236, 276))
    )
    labels = "".join(
        box(x - 17, 250, 34, 44, PAPER, 4) + disc(x, 272, 9, colour)
        for x, colour in ((128, p.main), (200, p.accent), (272, p.dark))
    )
    return shadow(200, 316, 126) + tufts + flowers + lit("a", crate, 76, 324) + labels


def tools(p: Paint) -> str:
    grip = box(188, 44, 26, 104, p.main, 13) + box(194, 140, 14, 40, STEEL)
    trowel = path("M168 178H234V236Q228 300 201 330Q174 300 168 236Z", STEEL) + faint(
        path("M168 178H198V328Q174 300 168 236Z", "#FFFFFF"), 0.35
    )
    handle = box(188, 44, 26, 104, p.accent, 13) + box(194, 140, 14, 60, STEEL)
    fork = stroke("M172 296V222Q172 206 201 206T230 222V296M201 206V304", STEEL, 11)
    soil = (
        path("M58 330Q120 288 196 300T344 330Z", "#6B4A36")
        + leaf(110, 304, -24, FRESH, 34)
        + leaf(112, 304, 26, LEAF, 34)
    )
    return turned(grip + trowel, -16, 150, 220) + turned(handle + fork, 16, 260, 200) + soil


def gloves(p: Paint) -> str:
    hand = (
        "M150 336V236Q120 214 116 182Q118 166 132 174L152 198V106"
        "a13 13 0 0 1 26 0V178V88a13 13 0 0 1 26 0V178V96a13 13 0 0 1 26 0V184"
        "V124a12 12 0 0 1 24 0V236Q254 262 240 280V336Z"
    )
    cuff = box(144, 288, 102, 50, p.accent, 10) + stroke("M150 312H240", PAPER, 3)
    dots = "".join(disc(170 + 24 * (at % 4), 214 + 22 * (at // 4), 5, p.pale) for at in range(12))
    one = path(hand, p.main) + dots + cuff
    two = path(hand, p.dark) + box(144, 288, 102, 50, mix(p.accent, INK, 0.2), 10)
    return turned(two, 20, 240, 330) + turned(lit("a", one, 116, 254), -10, 190, 320)


def birdhouse(p: Paint) -> str:
    pole = box(190, 286, 20, 114, mix(WOOD, INK, 0.3))
    house = lit("a", path("M122 176L200 108L278 176V300H122Z", p.main), 122, 278)
    roof = stroke("M98 190L200 98L302 190", p.dark, 24)
    planks = stroke("M122 220H278M122 260H278", p.dark, 2)
    hole = disc(200, 208, 27, INK) + stroke("M200 254H226", WOOD, 9)
    bird = (
        path(
            "M246 96Q246 66 276 66Q296 66 300 84L316 88L300 96Q296 122 268 120Q250 118 230 126Z",
            "#8C6A52",
        )
        + path("M262 118Q296 120 298 94Q278 90 262 118Z", "#D8673F")
        + disc(286, 82, 3.5, INK)
    )
    return pole + house + planks + roof + hole + bird


def secateurs(p: Paint) -> str:
    upper = path("M192 176Q176 90 236 52Q262 110 218 182Z", STEEL)
    lower = path("M206 178Q150 140 148 84Q200 92 222 172Z", mix(STEEL, INK, 0.3))
    grips = stroke("M216 186Q262 246 238 338", p.main, 26) + stroke(
        "M196 186Q142 240 164 338", p.dark, 26
    )
    screw = disc(207, 180, 14, p.accent) + disc(207, 180, 5, INK)
    spring = stroke("M186 232l34-10l-34 24l38-10", mix(STEEL, INK, 0.3), 4)
    branch = (
        stroke("M40 96Q110 60 178 92", "#7A5A40", 9)
        + leaf(84, 84, -30, LEAF, 48)
        + leaf(110, 78, 24, FRESH, 44)
        + leaf(66, 92, -120, FRESH, 40)
    )
    return branch + lower + upper + spring + grips + screw


def planter(p: Paint) -> str:
    tree = stroke("M200 200V110", "#7A5A40", 9)
    crown = (
        disc(200, 92, 56, LEAF)
        + disc(166, 118, 38, FRESH)
        + disc(236, 116, 40, "#6C8C57")
        + disc(196, 66, 30, "#86A866")
    )
    lemons = "".join(
        disc(x, y, 11, "#EBCB4B") + disc(x - 3, y - 3, 3, "#F8E9A6")
        for x, y in ((168, 94), (214, 74), (240, 116), (196, 126))
    )
    body = lit("a", path("M122 196H278L260 318H140Z", p.main), 122, 278)
    swag = stroke("M132 236Q166 274 200 236T268 236", p.light, 7) + disc(200, 264, 12, p.light)
    rim = lit("b", box(112, 184, 176, 26, p.dark, 6), 112, 288)
    return shadow(200, 318, 78) + tree + crown + lemons + body + swag + rim


def pouf(p: Paint) -> str:
    seat = lit(
        "a", path("M88 232Q88 196 200 196T312 232V282Q312 318 200 318T88 282Z", p.main), 88, 312
    )
    top = oval(200, 226, 110, 30, p.light) + oval(200, 226, 12, 5, p.accent)
    seams = stroke("M110 244V296M150 256V312M200 258V316M250 256V312M290 244V296", p.dark, 3)
    shade = path(
        "M200 40Q326 44 344 150Q318 132 296 150Q272 128 246 148Q222 126 200 146"
        "Q178 126 154 148Q128 128 104 150Q82 132 56 150Q74 44 200 40Z",
        p.accent,
    )
    panels = path("M200 40Q236 70 246 148Q222 126 200 146Q178 126 154 148Q164 70 200 40Z", PAPER)
    return (
        stroke("M200 40V220", WOOD, 9) + shade + panels + shadow(200, 318, 110) + seat + top + seams
    )
