"""Units of measure: what a number counts, and how its dimension is printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

PER_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure. `factor` is its size in the base unit of `dimension`; `places` its
    decimals in print."""

    name: str
    dimension: str
    factor: Decimal = Decimal(1)
    places: int = 2
    suffix: str = ""
    trim: bool = False
    printed: bool = False
    # what a number of it gives, divided by one of another dimension: that dimension → unit
    quotients: tuple[tuple[str, Unit], ...] = field(default=(), compare=False, repr=False)

    @property
    def per_cent(self) -> bool:
        """Whether it counts hundredths of nothing in particular."""
        return self.dimension == "" and self.factor == PER_CENT


# the dimension of a number whose unit its record will choose: in a trial it fits every other
ANY = "*"
RATIO = Unit("", "", places=4)
