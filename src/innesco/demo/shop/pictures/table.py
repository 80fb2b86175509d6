"""Table things: plates, glasses, linen and cutlery, laid out as for guests."""

from innesco.demo.shop.pictures.paint import INK, LEAF, PAPER, STEEL, WOOD, Paint, mix
from innesco.demo.shop.pictures.shapes import (
    box,
    disc,
    faint,
    inside,
    leaf,
    lit,
    moved,
    oval,
    path,
    shadow,
    stroke,
    turned,
)


def plates(p: Paint) -> str:
    under = disc(200, 210, 132, p.main) + disc(200, 210, 120, p.light)
    upper = disc(200, 210, 94, PAPER) + disc(200, 210, 68, "#F1E9DB")
    ring = "".join(turned(disc(200, 130, 5, p.accent), at * 20) for at in range(18))
    sprig = stroke("M172 246Q196 214 226 176", LEAF, 3)
    leaves = "".join(
        leaf(x, y, turn, LEAF, 26)
        for x, y, turn in (
            (184, 230, -40),
            (190, 224, 70),
            (204, 204, -30),
            (210, 198, 78),
            (226, 176, 38),
        )
    )
    return shadow(208, 336, 118) + under + upper + moved(ring, 0, 10) + sprig + leaves


def bowls(p: Paint) -> str:
    def one(name: str, y: float, fill: str, wide: float) -> str:
        left, right = 200 - wide, 200 + wide
        d = f"M{left} {y}H{right}Q{right - 10} {y + 74} 236 {y + 78}H164"
        f"Q{left + 10} {y + 74} {left} {y}Z"
        return lit(name, path(d, fill), left, right) + oval(
            200, y, wide, 13, mix(fill, "#FFFFFF", 0.35)
        )

    inner = oval(200, 150, 80, 8, mix(p.main, INK, 0.2))
    return (
        shadow(200, 318, 96)
        + one("a", 240, p.dark, 112)
        + one("b", 196, p.accent, 104)
        + one("c", 150, p.main, 96)
        + inner
    )


def salad(p: Paint) -> str:
    servers = turned(box(120, 96, 13, 150, WOOD, 6) + oval(126, 92, 24, 36, WOOD), -34, 130, 220)
    fork = turned(box(266, 96, 13, 150, WOOD, 6) + box(250, 62, 45, 56, WOOD, 16), 32, 270, 220)
    greens = "".join(
        leaf(x, 214, turn, LEAF if at % 2 else "#86A866", 74)
        for at, (x, turn) in enumerate(
            ((130, -44), (160, -22), (188, -6), (216, 10), (244, 26), (268, 46))
        )
    )
    tomatoes = (
        disc(176, 196, 18, "#C94F3D") + disc(228, 194, 18, "#D9624A") + disc(222, 188, 5, "#F0A08A")
    )
    bowl = lit("a", path("M84 206H316Q310 318 240 318H160Q90 318 84 206Z", p.main), 84, 316)
    band = stroke("M92 232Q200 246 308 232", p.light, 7)
    return shadow(200, 318, 96) + servers + fork + greens + tomatoes + bowl + band


def glasses(p: Paint) -> str:
    def tumbler(x: float, fill: str, level: float) -> str:
        body = f"M{x} 168H{x + 104}L{x + 94} 318H{x + 10}Z"
        water = f"M{x + 6} {level}H{x + 98}L{x + 92} 312H{x + 12}Z"
        ribs = "".join(f"M{x + 26 + 17 * at} 184L{x + 29 + 15 * at} 304" for at in range(4))
        top = oval(x + 52, 168, 52, 9, mix(fill, "#FFFFFF", 0.55))
        return (
            faint(path(body, fill), 0.5)
            + faint(path(water, fill), 0.75)
            + faint(stroke(ribs, "#FFFFFF", 3), 0.55)
            + faint(top, 0.8)
        )

    return shadow(200, 318, 124) + tumbler(80, p.main, 222) + tumbler(216, p.accent, 246)


def carafe(p: Paint) -> str:
    body = (
        "M170 74H230L224 142Q296 180 290 262Q286 318 240 318H160Q114 318 110 262Q104 180 176 142Z"
    )
    water = "M116 232Q158 220 200 232T286 230Q296 312 240 312H160Q106 312 116 232Z"
    lemon = turned(disc(164, 272, 24, "#EBCB4B") + disc(164, 272, 18, "#F8E9A6"), 12)
    shine = stroke("M140 210Q128 232 132 262", "#FFFFFF", 7)
    mint = leaf(224, 286, 24, LEAF, 44) + leaf(222, 288, 66, "#7A9B63", 38)
    glass = faint(path(body, p.main), 0.45) + faint(path(water, p.main), 0.5)
    return (
        shadow(200, 318, 84)
        + glass
        + lemon
        + mint
        + faint(shine, 0.7)
        + oval(200, 74, 32, 7, p.pale)
    )


def napkins(p: Paint) -> str:
    def folded(y: float, fill: str) -> str:
        return box(92, y, 216, 30, fill, 9) + stroke(f"M100 {y + 15}H292", mix(fill, INK, 0.18), 2)

    stack = "".join(
        folded(288 - 32 * at, fill) for at, fill in enumerate((p.main, p.pale, p.light, p.accent))
    )
    ring = box(176, 184, 48, 136, mix(WOOD, INK, 0.1), 6)
    tie = stroke("M200 184V320", mix(WOOD, INK, 0.35), 2)
    sprig = (
        leaf(200, 190, -28, LEAF, 52)
        + leaf(200, 190, 4, "#7A9B63", 62)
        + leaf(200, 190, 34, LEAF, 50)
    )
    return shadow(200, 320, 112) + lit("a", stack, 92, 308) + ring + tie + sprig


def tablecloth(p: Paint) -> str:
    cloth = path(
        "M60 196Q200 176 340 196L356 300Q330 322 304 300T252 302T200 302"
        "T148 302T96 300Q70 322 44 300Z",
        p.main,
    )
    stripes = "".join(
        stroke(f"M{200 + at * 34} 180L{200 + at * 42} 320", p.pale, 7) for at in range(-4, 5)
    )
    bands = stroke("M52 228Q200 208 348 228M48 268Q200 248 352 268", p.pale, 5)
    jug = moved(
        lit("j", path("M168 100H232Q250 140 240 192H160Q150 140 168 100Z", PAPER), 150, 250), 0, 6
    )
    flowers = "".join(
        stroke(f"M200 112Q{x} 84 {x} {y}", LEAF, 4)
        + disc(x, y, 15, p.accent)
        + disc(x, y, 5, PAPER)
        for x, y in ((160, 62), (200, 42), (242, 64))
    )
    return (
        shadow(200, 322, 150)
        + lit("a", cloth, 44, 356)
        + inside("s", cloth, faint(stripes + bands, 0.6))
        + flowers
        + jug
    )


def cutlery(p: Paint) -> str:
    def piece(x: float, head: str) -> str:
        return (
            lit(f"h{x:g}", box(x - 9, 206, 18, 130, p.main, 9), x - 9, x + 9)
            + box(x - 9, 196, 18, 14, p.accent)
            + head
        )

    steel = mix(STEEL, INK, 0.08)
    fork = stroke("M102 66V116M118 66V116M134 66V116", steel, 6) + path(
        "M96 112H140Q140 150 124 158V200H112V158Q96 150 96 112Z", steel
    )
    knife = path("M190 60Q216 70 214 150V200H190Z", steel)
    spoon = (
        oval(282, 104, 28, 42, steel)
        + box(275, 140, 14, 60, steel)
        + faint(oval(274, 96, 9, 20, "#FFFFFF"), 0.4)
    )
    return (
        faint(box(70, 330, 260, 12, INK, 6), 0.12)
        + piece(118, fork)
        + piece(202, knife)
        + piece(282, spoon)
    )
