"""The Merkle tree: the hashes of RFC 6962, and proofs of trees of every small size."""

import hashlib

import pytest

from editorial import merkle

SIZES = range(1, 40)
# Six leaves and the root after each, from the Certificate Transparency project's
# own test of RFC 6962 (public domain figures, computed again here by `plain_root`).
LEAVES = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243")]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
]


def leaf(data):
    return hashlib.sha256(b"\x00" + data).digest()


def plain_root(hashes):
    """The definition, word for word: split at the largest power of two below."""
    if len(hashes) == 1:
        return hashes[0]
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    left, right = plain_root(hashes[:half]), plain_root(hashes[half:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def grown(hashes):
    """Append leaf by leaf, as the log does, and return the lookup of its nodes."""
    nodes = {}
    for number, hash_ in enumerate(hashes, 1):
        done = merkle.completed(number, hash_, lambda *at: nodes[at])
        for level, node in enumerate(done):
            assert number == merkle.completed_by(level, (number >> level) - 1)
            nodes[level, (number >> level) - 1] = node
    return lambda *at: nodes[at]


def hashes(size):
    return [leaf(str(number).encode()) for number in range(size)]


def climb(number, size, hash_, path):
    """RFC 9162 section 2.1.3.2, so that the check is not the maker's own recursion."""
    place, last = number - 1, size - 1
    for other in path:
        if place % 2 or place == last:
            hash_ = merkle.parent(other, hash_)
            while not place % 2 and place:
                place, last = place >> 1, last >> 1
        else:
            hash_ = merkle.parent(hash_, other)
        place, last = place >> 1, last >> 1
    assert last == 0
    return hash_


def begins(old, size, old_root, root, proof):
    """RFC 9162 section 2.1.4.2: whether a consistency proof holds."""
    if old == size:
        return not proof and old_root == root
    if old & (old - 1) == 0:
        proof = [old_root, *proof]
    place, last = old - 1, size - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    small = large = proof[0]
    for other in proof[1:]:
        if place % 2 or place == last:
            small, large = merkle.parent(other, small), merkle.parent(other, large)
            while not place % 2 and place:
                place, last = place >> 1, last >> 1
        else:
            large = merkle.parent(large, other)
        place, last = place >> 1, last >> 1
    return last == 0 and small == old_root and large == root


def test_the_roots_are_those_of_the_standard():
    known = [leaf(data) for data in LEAVES]

    roots = [merkle.root(n, grown(known[:n])).hex() for n in range(1, 7)]

    assert roots == ROOTS


def test_an_empty_log_has_the_root_of_nothing():
    assert merkle.root(0, grown([])) == hashlib.sha256(b"").digest()


@pytest.mark.parametrize("size", SIZES)
def test_the_root_is_the_one_of_the_definition(size):
    assert merkle.root(size, grown(hashes(size))) == plain_root(hashes(size))


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_is_found_by_its_path(size):
    node, root = grown(hashes(size)), plain_root(hashes(size))

    for number, hash_ in enumerate(hashes(size), 1):
        path = merkle.inclusion(number, size, node)
        assert climb(number, size, hash_, path) == root


@pytest.mark.parametrize("size", SIZES)
def test_every_older_tree_is_proven_to_begin_the_tree(size):
    node, root = grown(hashes(size)), plain_root(hashes(size))

    for old in range(1, size + 1):
        proof = merkle.consistency(old, size, node)
        assert begins(old, size, plain_root(hashes(old)), root, proof)


def test_an_older_tree_stays_provable_in_a_log_that_went_on():
    node = grown(hashes(39))

    assert merkle.root(21, node) == plain_root(hashes(21))
    assert climb(3, 21, hashes(3)[2], merkle.inclusion(3, 21, node)) == plain_root(
        hashes(21)
    )


@pytest.mark.parametrize("number", [0, 8, -1])
def test_a_leaf_that_is_not_there_has_no_path(number):
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion(number, 7, grown(hashes(7)))


@pytest.mark.parametrize("old", [0, 8])
def test_no_proof_begins_with_nothing_or_with_more(old):
    with pytest.raises(ValueError, match="No tree"):
        merkle.consistency(old, 7, grown(hashes(7)))
