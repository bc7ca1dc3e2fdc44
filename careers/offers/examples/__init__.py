"""Invented offers: as many as asked for, believable, the same for the same seed and day.

`Catalogue.read()` is what they are made of, `generate` makes them, `copy_offers` writes them, and
`top_up` keeps a site full of them.
"""

from careers.offers.examples.catalogue import Catalogue
from careers.offers.examples.generator import Example, generate
from careers.offers.examples.loading import NothingToInvent, copy_offers, top_up

__all__ = ["Catalogue", "Example", "NothingToInvent", "copy_offers", "generate", "top_up"]
