"""What a writer pasted to cite a source by: its identifiers, or its address.

No database.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from conditions import identifiers
from conditions.models import SOURCE_SCHEMES

# Characters. SQLite refuses far longer patterns with an error, and ours read a text
# of hundreds of thousands for minutes.
LONGEST = 1000

# Where one may begin in a reference that was pasted whole.
_WITHIN = re.compile(
    r"(?:\bPMID\b|\bPMCID\b)[ :_]*\w+|\bNCT[0-9]{8}\b|\bPMC[0-9]+\b"
    r"|\b10\.[0-9]{4,9}/[^\s\"<>]+|\bhttps?://[^\s\"<>]+",
    re.IGNORECASE | re.ASCII,
)
# What publishers put behind a DOI in an address of their own.
_BEHIND_DOI = re.compile(r"(?:/(?:full|pdf|epdf|abstract|html?)/?)?(?:[?#&].*)?$", re.I)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\.\S+", re.IGNORECASE)
_TRACKING = re.compile("utm_|fbclid=|gclid=")


@dataclass(frozen=True)
class Pasted:
    """One source: identifiers by their scheme, or an address, or a bare number.

    `several` says that more than one source was pasted: none of them is taken.
    """

    ids: dict[str, str] = field(default_factory=dict)
    url: str = ""
    number: str = ""
    several: bool = False

    @property
    def label(self):
        """How a writer knows it: "PMID 16642017, doi:10.1038/ng1783"."""
        named = [identifiers.display(*pair) for pair in self.ids.items()]
        return ", ".join(named) or self.url


NOTHING = Pasted()


def read(text):
    """Return what was pasted; empty of all for mere words."""
    if len(text) > LONGEST:
        # At a blank: half of an identifier may be the whole of another one.
        text = text[:LONGEST].rpartition(" ")[0]
    text = text.strip().removeprefix("[").removeprefix("@").removesuffix("]").strip()
    if found := _recognised(text):
        return Pasted(ids=dict([found]))
    if text.isascii() and text.isdecimal() and len(text) <= 8:
        return Pasted(number=text)
    found = [_recognised(part) for part in _WITHIN.findall(text)]
    pairs = set(filter(None, found))
    ids = dict(sorted(pairs))
    if len(ids) < len(pairs):
        return Pasted(several=True)
    url = address(text) if not ids and _ADDRESS.fullmatch(text) else ""
    return Pasted(ids=ids, url=url)


def address(text):
    """Return an address as it is kept: https, no fragment, nothing that tracks.

    "" for what can be none.
    """
    text = text.replace("\x00", "").strip().rstrip(".,;")
    if not text or len(text) > LONGEST:
        return ""
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
    except ValueError:
        return ""
    kept = [part for part in parts.query.split("&") if not _TRACKING.match(part)]
    return urlunsplit(("https", parts.netloc.lower(), parts.path, "&".join(kept), ""))


def same(url):
    """Return the forms in which one address may stand in the catalogue."""
    rest = url.partition("://")[2].removeprefix("www.").rstrip("/")
    return [f"https://{www}{rest}{end}" for www in ("", "www.") for end in ("", "/")]


def _recognised(text):
    found = identifiers.recognise(text)
    if not found and "/10." in text and " " not in text:
        doi = text[text.index("/10.") + 1 :]
        found = identifiers.recognise(_BEHIND_DOI.sub("", doi))
    return found if found and found[0] in SOURCE_SCHEMES else None
