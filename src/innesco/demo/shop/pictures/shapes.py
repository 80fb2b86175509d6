"""Shapes: the handful of SVG strokes that every picture is composed of (canvas 400 by 400).

Things stand on the table at y = 318, in the middle at x = 200.
"""

BASE = 318


def path(d: str, fill: str) -> str:
    return f'<path d="{d}" fill="{fill}"/>'


def stroke(d: str, colour: str, width: float = 6) -> str:
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )


def box(x: float, y: float, width: float, height: float, fill: str, round_by: float = 0) -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
        f' rx="{round_by:g}" fill="{fill}"/>'
    )


def oval(x: float, y: float, across: float, down: float, fill: str) -> str:
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{across:g}" ry="{down:g}" fill="{fill}"/>'


def disc(x: float, y: float, radius: float, fill: str) -> str:
    return oval(x, y, radius, radius, fill)


def faint(shape: str, opacity: float) -> str:
    return f'<g opacity="{opacity:g}">{shape}</g>'


def turned(shape: str, degrees: float, x: float = 200, y: float = 200) -> str:
    return f'<g transform="rotate({degrees:g} {x:g} {y:g})">{shape}</g>'


def moved(shape: str, x: float, y: float, scale: float = 1) -> str:
    return f'<g transform="translate({x:g} {y:g}) scale({scale:g})">{shape}</g>'


def inside(name: str, outline: str, drawn: str) -> str:
    """Only what of `drawn` lies within the outline: a pattern on a cushion."""
    return f'<clipPath id="{name}">{outline}</clipPath><g clip-path="url(#{name})">{drawn}</g>'


def lit(name: str, outline: str, left: float, right: float) -> str:
    """The outline with light from the left: a soft shine and a soft shade make it a body."""
    wide = right - left
    shade = faint(box(left + wide * 0.62, 0, wide, 400, "#1B1420"), 0.13)
    deep = faint(box(left + wide * 0.84, 0, wide, 400, "#1B1420"), 0.1)
    shine = faint(box(left + wide * 0.12, 0, wide * 0.1, 400, "#FFFFFF"), 0.28)
    return outline + inside(name, outline, shade + deep + shine)


def shadow(x: float, y: float, across: float) -> str:
    return faint(oval(x + across * 0.12, y, across, across * 0.1, "#2A1C22"), 0.2)


def leaf(x: float, y: float, degrees: float, fill: str, long: float = 46) -> str:
    """One leaf growing up from (x, y), bent by so many degrees."""
    half = long * 0.28
    d = f"M0 0C{-half} {-long * 0.35} {-half} {-long * 0.75} 0 {-long}"
    d += f"C{half} {-long * 0.75} {half} {-long * 0.35} 0 0Z"
    vein = (
        f'<path d="M0 0V{-long * 0.8:g}" stroke="#FFFFFF" stroke-opacity=".35" stroke-width="2"/>'
    )
    return f'<g transform="translate({x:g} {y:g}) rotate({degrees:g})">{path(d, fill)}{vein}</g>'
