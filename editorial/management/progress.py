"""The bar that a command draws on a terminal, and nowhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm  # type: ignore[import-untyped]


@contextmanager
def bar(
    total: int, unit: str, *, quiet: bool = False
) -> Iterator[Callable[[int], object]]:
    """Draw a bar of so many units while the block lasts; yield what moves it on."""
    with tqdm(
        total=total,
        unit=unit,
        unit_scale=unit == "B",
        leave=False,
        disable=True if quiet else None,
    ) as drawn:
        yield drawn.update
