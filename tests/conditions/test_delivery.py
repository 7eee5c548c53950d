"""What one request gets of a printed answer."""

import gzip

import pytest

from conditions.delivery import deliver, takes_gzip
from conditions.sheets import Head

WORDS = b"Bone where muscle should be."
PRINTED_ON = "Sun, 22 Nov 2026 10:00:00 GMT"


HEAD = Head(
    status=200,
    sha256="a" * 64,
    printed_on=PRINTED_ON,
    headers="Content-Type: text/plain\nCache-Control: public, no-cache",
)
BODY = gzip.compress(WORDS)
TAG, PLAIN_TAG = f'"{"a" * 32}"', f'"{"a" * 32}-plain"'


def asked(head=HEAD, method="GET", **environ):
    status, headers, body = deliver(head, BODY, {"REQUEST_METHOD": method} | environ)
    return status, dict(headers), body


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True),
        ("gzip, deflate, br", True),
        ("*", True),
        ("deflate, GZIP;q=0.5", True),
        ("x-gzip; q=1", True),
        ("gzip;q=1.0, identity; q=0.5, *;q=0", True),
        ("", False),
        ("br", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("*;q=0", False),
        ("gzip;q=oddly", False),
    ],
)
def test_gzip_is_sent_to_whoever_takes_it(accepted, takes):
    assert takes_gzip(accepted) is takes


def test_each_form_of_the_body_has_its_length_and_a_tag_of_its_own():
    _, zipped, body = asked(HTTP_ACCEPT_ENCODING="gzip")
    _, plain, words = asked()

    assert (gzip.decompress(body), words) == (WORDS, WORDS)
    assert (zipped["ETag"], plain["ETag"]) == (TAG, PLAIN_TAG)
    assert zipped["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert int(zipped["Content-Length"]) == len(body)
    assert int(plain["Content-Length"]) == len(WORDS)
    assert zipped["Vary"] == plain["Vary"] == "Accept-Encoding"


def test_head_says_the_same_without_the_body():
    _, headers, _ = asked()

    assert asked(method="HEAD") == (200, headers, b"")


@pytest.mark.parametrize(
    "has",
    [
        {"HTTP_IF_NONE_MATCH": TAG},
        {"HTTP_IF_NONE_MATCH": f'"other", W/{TAG}'},
        {"HTTP_IF_NONE_MATCH": "*"},
        {"HTTP_IF_MODIFIED_SINCE": PRINTED_ON},
        {"HTTP_IF_MODIFIED_SINCE": "Sun, 22 Nov 2026 10:00:01 GMT"},
        # The tag decides where there is one.
        {"HTTP_IF_NONE_MATCH": TAG, "HTTP_IF_MODIFIED_SINCE": "long ago"},
    ],
)
def test_who_has_the_bytes_is_told_so_without_a_body(has):
    status, headers, body = asked(HTTP_ACCEPT_ENCODING="gzip", **has)

    assert (status, body, headers["ETag"]) == (304, b"", TAG)
    assert headers["Cache-Control"] == "public, no-cache"
    assert {"Content-Type", "Content-Encoding", "Content-Length"} & {*headers} == set()


@pytest.mark.parametrize(
    "has",
    [
        {"HTTP_IF_NONE_MATCH": '"other"'},
        {"HTTP_IF_NONE_MATCH": PLAIN_TAG},
        {"HTTP_IF_NONE_MATCH": '"other"', "HTTP_IF_MODIFIED_SINCE": PRINTED_ON},
        {"HTTP_IF_MODIFIED_SINCE": "Sun, 22 Nov 2026 09:59:59 GMT"},
        {"HTTP_IF_MODIFIED_SINCE": "some day"},
    ],
)
def test_who_has_other_bytes_gets_these(has):
    assert asked(HTTP_ACCEPT_ENCODING="gzip", **has)[0] == 200


def test_a_refusal_is_never_not_modified():
    gone = HEAD._replace(status=410)

    assert asked(gone, HTTP_IF_NONE_MATCH="*")[0] == 410
