"""Palettes: the few colours that one picture is painted with, and the shades made from them."""

from msgspec import Struct

WOOD = "#B98757"
STEEL = "#B4BCC1"
LEAF = "#5E7F55"
PAPER = "#FBF6EC"
INK = "#2B2730"


class Paint(Struct, frozen=True):
    """The colours of one picture: the thing itself, its detail, the wall and the form on it."""

    main: str
    accent: str
    wall: str
    form: str

    @property
    def light(self) -> str:
        return mix(self.main, "#FFFFFF", 0.28)

    @property
    def pale(self) -> str:
        return mix(self.main, "#FFFFFF", 0.62)

    @property
    def dark(self) -> str:
        return mix(self.main, "#1B1420", 0.3)

    @property
    def floor(self) -> str:
        return mix(self.form, "#7A6450", 0.16)


PALETTES = {
    "fig": Paint("#6B3A5B", "#E3A857", "#F1E4E6", "#E2C7D0"),
    "juniper": Paint("#2F5D50", "#D98E5F", "#E3ECE4", "#C3D8C9"),
    "honey": Paint("#DF9D2B", "#6B3A5B", "#FBF0D9", "#F2DAA6"),
    "clay": Paint("#C4623F", "#2F5D50", "#F8E7DD", "#EECAB6"),
    "sky": Paint("#5B86A3", "#E3A857", "#E4EEF3", "#C2D8E4"),
    "sage": Paint("#8BA37F", "#C4623F", "#EFF2E7", "#D6DFC6"),
    "rose": Paint("#D38284", "#6B3A5B", "#FAE9E6", "#F1CBC6"),
    "ink": Paint("#37353F", "#E3A857", "#E9E7EA", "#CDC9D2"),
    "sand": Paint("#CDAE86", "#5B86A3", "#F6EFE3", "#E7D6BB"),
    "lemon": Paint("#E8C044", "#2F5D50", "#FBF5DC", "#F4E4A3"),
    "steel": Paint("#AAB4BA", "#C4623F", "#EEF0F1", "#D3DADE"),
    "cream": Paint("#F5EDDF", "#C4623F", "#D9E2D8", "#BFCEC0"),
    "night": Paint("#E9B44C", "#D98E5F", "#34435A", "#455874"),
}


def mix(one: str, other: str, share: float) -> str:
    """`share` of the other colour stirred into the first: `mix("#000000", "#ffffff", 0.5)`."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)
