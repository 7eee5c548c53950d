"""What the entries of the log say of accounts, added up one after the other."""

from bisect import bisect_left

from editorial import rights
from editorial.verifying.found import Found
from editorial.verifying.reading import Values

ABOUT = "user:"


class Rights:
    """The rights of every account as the entries state them, one after the other."""

    def __init__(self) -> None:
        # By account: the entry's number, and the rights from it on.
        self._told: dict[str, list[tuple[int, Values]]] = {}

    def take(self, found: Found, row: str, said: Values) -> None:
        """Add what an entry says of an account, if it says anything of its rights."""
        after, about = said["facts"].get("after"), said["about"]
        if not (isinstance(after, dict) and str(about).startswith(ABOUT)):
            return
        told = self._told.setdefault(about, [])
        standing = told[-1][1] if told else {}
        before = said["facts"].get("before") or {}
        if any(standing.get(name) != before[name] for name in before):
            was = rights.told({**standing, **before})
            found.note(
                "rights_between",
                row,
                f"{row} changes the rights of {about} from “{was}”, which no entry "
                "before it had given.",
            )
        told.append((said["number"], {**standing, **after}))

    def at(self, user: int, place: int) -> Values | None:
        """Return the rights of an account before an entry; None: no entry tells."""
        told = self._told.get(f"{ABOUT}{user}", [])
        number = bisect_left(told, place, key=lambda one: one[0])
        return told[number - 1][1] if number else None

    def now(self) -> dict[str, Values]:
        """Return the rights of every account that the log tells of."""
        return {about: told[-1][1] for about, told in self._told.items()}
