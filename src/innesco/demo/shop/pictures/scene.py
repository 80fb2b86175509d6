"""Pictures: what stands on the table, before a wall with one calm form on it.

`picture("moka", "fig")` is a whole SVG file. Kind and palette come from `products.json`; to add
a kind, write one drawing in the file of its subject and mention it in `DRAWINGS`.
"""

from collections.abc import Callable

from innesco.demo.shop.pictures import (
    coffee,
    garden,
    kitchen,
    light,
    outdoors,
    pantry,
    table,
    textiles,
)
from innesco.demo.shop.pictures.paint import PALETTES, Paint
from innesco.demo.shop.pictures.shapes import box, disc, faint, path

Drawing = Callable[[Paint], str]

DRAWINGS: dict[str, Drawing] = {
    drawing.__name__: drawing
    for drawing in (
        *(kitchen.pot, kitchen.pan, kitchen.board, kitchen.knife),
        *(kitchen.mortar, kitchen.apron, kitchen.ladles, kitchen.rolling_pin),
        *(table.plates, table.bowls, table.salad, table.glasses),
        *(table.carafe, table.napkins, table.tablecloth, table.cutlery),
        *(coffee.moka, coffee.mug, coffee.enamel, coffee.espresso, coffee.teapot),
        *(coffee.kettle, coffee.grinder, coffee.dripper, coffee.tin),
        *(light.mushroom, light.globe, light.pendant, light.candle),
        *(light.tapers, light.lantern, light.bulbs),
        *(textiles.blanket, textiles.cushion, textiles.cushion_leaf, textiles.towels),
        *(textiles.linen, textiles.rug, textiles.robe),
        *(garden.watering_can, garden.plant, garden.herbs, garden.tools, garden.gloves),
        *(garden.birdhouse, garden.secateurs, garden.planter, garden.pouf),
        *(outdoors.bottle, outdoors.backpack, outdoors.hat, outdoors.basket),
        *(outdoors.hammock, outdoors.tent, outdoors.cooler, outdoors.rolled_mat),
        *(pantry.oil, pantry.honey, pantry.jam, pantry.pasta, pantry.coffee_bag),
        *(pantry.tomatoes, pantry.chocolate, pantry.salt),
    )
}


def _arch(p: Paint) -> str:
    return path("M72 330V196a128 128 0 0 1 256 0V330Z", p.form)


def _sun(p: Paint) -> str:
    return disc(252, 150, 118, p.form)


def _window(p: Paint) -> str:
    panes = path("M52 0H150L96 306H0V180Z", p.form) + path("M176 0H262L214 306H122Z", p.form)
    return faint(panes, 0.75)


def _hill(p: Paint) -> str:
    return path("M0 236Q96 132 220 196T400 150V320H0Z", p.form)


def _panel(p: Paint) -> str:
    return box(0, 0, 158, 320, p.form)


FORMS: tuple[Drawing, ...] = (_arch, _sun, _window, _hill, _panel)
HUNG = {"apron", "cutlery", "pendant", "bulbs", "rug", "robe", "gloves", "birdhouse", "secateurs"}
"""What hangs or lies flat has no table under it."""


def picture(kind: str, palette: str, form: int = 0) -> str:
    """The SVG of one product; `form` chooses the shape on the wall behind it."""
    paint = PALETTES[palette]
    floor = "" if kind in HUNG else box(0, 306, 400, 94, paint.floor)
    behind = FORMS[form % len(FORMS)](paint)
    drawn = box(0, 0, 400, 400, paint.wall) + behind + floor + DRAWINGS[kind](paint)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">{drawn}</svg>'
