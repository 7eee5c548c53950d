"""The Merkle tree over the log, as RFC 6962 section 2.1 hashes it; knows no database.

A complete subtree is named by level and place: it covers the leaves from
`place << level` on, `1 << level` of them. Leaves are numbered from 1, as entries are.
"""

import hashlib
from collections.abc import Callable, Iterator
from itertools import count

Node = Callable[[int, int], bytes]

EMPTY = hashlib.sha256(b"").digest()


def leaf(entry: str) -> bytes:
    """Return the hash of an entry as a leaf."""
    return hashlib.sha256(b"\x00" + entry.encode()).digest()


def parent(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node with two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed(number: int, hash_: bytes, node: Node) -> list[bytes]:
    """Return the hashes of the subtrees that a new leaf completes, itself first."""
    nodes, place = [hash_], number - 1
    for level in count():
        if place % 2 == 0:
            return nodes
        nodes.append(parent(node(level, place - 1), nodes[-1]))
        place //= 2
    raise AssertionError("count() never ends")


def completed_by(level: int, place: int) -> int:
    """Return the number of the leaf that completes a subtree."""
    return (place + 1) << level


def peaks(size: int) -> Iterator[tuple[int, int]]:
    """Yield the largest complete subtrees of a tree of that size, from the left."""
    done = 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            yield level, done >> level
            done += 1 << level


def root(size: int, node: Node) -> bytes:
    """Return the root of the tree over the first `size` leaves."""
    return _range(0, size, node) if size else EMPTY


def inclusion(number: int, size: int, node: Node) -> list[bytes]:
    """Return the path from a leaf to the root of a tree of that size, leaf first.

    Raises ValueError for a leaf that is not in that tree.
    """
    if not 1 <= number <= size:
        raise ValueError(f"There is no leaf {number} in a tree of {size}.")
    path, first, place = [], 0, number - 1
    while size > 1:
        half = _half(size)
        if place < half:
            path.append(_range(first + half, size - half, node))
            size = half
        else:
            path.append(_range(first, half, node))
            first, place, size = first + half, place - half, size - half
    return path[::-1]


def consistency(old: int, size: int, node: Node) -> list[bytes]:
    """Return the proof that a tree begins with an older one, as RFC 6962 orders it.

    Raises ValueError when the older tree is empty or the larger of the two.
    """
    if not 1 <= old <= size:
        raise ValueError(f"No tree of {old} leaves begins one of {size}.")
    proof, first, whole = [], 0, True
    while old != size:
        half = _half(size)
        if old <= half:
            proof.append(_range(first + half, size - half, node))
            size = half
        else:
            proof.append(_range(first, half, node))
            first, old, size, whole = first + half, old - half, size - half, False
    if not whole:
        proof.append(_range(first, size, node))
    return proof[::-1]


def _range(first: int, size: int, node: Node) -> bytes:
    """Return the root over some leaves; `first` is where a complete subtree begins."""
    found = [node(level, place + (first >> level)) for level, place in peaks(size)]
    above = found.pop()
    while found:
        above = parent(found.pop(), above)
    return above


def _half(size: int) -> int:
    """Return the largest power of two that is smaller than the size."""
    return 1 << (size - 1).bit_length() - 1
