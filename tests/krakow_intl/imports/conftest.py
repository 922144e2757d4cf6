"""A register with three cities, as the lists of agreements know it."""

from tests.partners.imports.conftest import (
    cities,
    loaded_cities,
    private_storage,
    register_without_agreements,
)

__all__ = ["cities", "loaded_cities", "private_storage", "register_without_agreements"]
