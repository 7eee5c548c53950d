"""What machines read: JSON-LD and the review record, made from an edition alone."""

from datetime import date
from typing import Any

from django.conf import settings

from conditions import markup, proofs, reading, references, typesetting, wording
from conditions.models import SOURCE_SCHEMES, Edition
from conditions.reading import Copy, PublicPage

HOW_TO_CHECK = (
    "Run verify.py, which the page on how pages are reviewed links to, on this file. "
    "By hand: take the SHA-256 of the UTF-8 bytes of content_text: it is "
    "content_sha256. Take that of record_text: it is record_sha256, whose first 12 "
    "digits are the fingerprint on the page. record_text names content_sha256, so that "
    "the signature in it belongs to this text and to no other. log.entry names both "
    "hashes, and log.path leads from it to log.root, as RFC 6962 says."
)


def site(path: str = "/") -> str:
    """Return the full address of a path."""
    return settings.SITE_URL + path


def of_list(path: str, number: int) -> str:
    """Return the full address of one page of a list; the first has the list's own."""
    return site(path if number == 1 else f"{path}?p={number}")


def json_ld(copy: Copy, *, first_published_on: date) -> dict[str, Any]:
    """Return the page as schema.org names it (release 30.0): a MedicalWebPage.

    Holds no name, date or number that the visible page does not show.
    """
    content, record, url = copy.content, copy.record, site(copy.address)
    return {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "@id": f"{url}#page",
        "url": url,
        "name": content["question"]["text"],
        "inLanguage": content["language"],
        "isAccessibleForFree": True,
        "mainEntity": _question(content, url),
        "about": _condition(content["condition"]),
        "audience": {"@type": "Patient"},
        "datePublished": first_published_on.isoformat(),
        "dateModified": record["signed_on"],
        "lastReviewed": record["signed_on"],
        "reviewedBy": _one_or_all([_person(one) for one in record["signatures"]]),
        "author": [{"@type": "Person", "name": name} for name in content["authors"]],
        "publisher": _publisher(),
        "version": str(copy.number),
        "archivedAt": f"{url}editions/{copy.number}/",
        "citation": [_citation(source) for source in content["sources"]],
        "breadcrumb": _breadcrumb(content),
    }


def _question(content: dict[str, Any], url: str) -> dict[str, Any]:
    return {
        "@type": "Question",
        "name": content["question"]["text"],
        "answerCount": 1,
        "acceptedAnswer": {
            "@type": "Answer",
            "text": markup.to_text(content["short_answer"]),
            "url": f"{url}#short-answer",
        },
    }


def _condition(words: dict[str, Any]) -> dict[str, Any]:
    codes = [references.code(p["scheme"], p["value"]) for p in words["identifiers"]]
    return {
        "@type": "MedicalCondition",
        "@id": site(f"/conditions/{words['slug']}/#condition"),
        "name": wording.sentence_start(words["name"]),
        "alternateName": typesetting.other_names(words),
        "code": [
            {
                "@type": "MedicalCode",
                "codeValue": code["value"],
                "codingSystem": code["label"],
            }
            for code in codes
        ],
        "sameAs": [code["url"] for code in codes if code["url"]],
    }


def _person(signature: dict[str, Any]) -> dict[str, Any]:
    url = site(f"/reviewers/{signature['reviewer']}/")
    known = {
        "@type": "Person",
        "@id": f"{url}#person",
        "name": signature["name"],
        "honorificSuffix": signature["post_nominals"],
        "jobTitle": signature["profession"],
        "affiliation": signature["affiliation"]
        and {"@type": "Organization", "name": signature["affiliation"]},
        "identifier": [
            _property(scheme, value)
            for scheme, value in (
                ("https://orcid.org", signature["orcid"]),
                (signature["registration_body"], signature["registration_number"]),
            )
            if scheme and value
        ],
        "url": url,
    }
    return {name: value for name, value in known.items() if value}


def _publisher() -> dict[str, Any]:
    return {
        "@type": "Organization",
        "name": settings.SITE_NAME,
        "url": site(),
        "publishingPrinciples": site("/about/review-process/"),
    }


def _citation(source: dict[str, Any]) -> dict[str, Any]:
    links = references.links(source)
    article = source["kind"] == "article"
    addresses = [link["url"] for link in links] + [wording.https(source["url"])]
    known = {
        "@type": "MedicalScholarlyArticle" if article else "CreativeWork",
        "name": source["title"],
        "datePublished": str(source["year"] or ""),
        "url": next(filter(None, addresses), ""),
        "identifier": [_property(link["scheme"], link["value"]) for link in links],
    }
    return {name: value for name, value in known.items() if value}


def _property(scheme: str, value: str) -> dict[str, str]:
    name = scheme.upper() if scheme in SOURCE_SCHEMES else scheme
    return {"@type": "PropertyValue", "propertyID": name, "value": value}


def _breadcrumb(content: dict[str, Any]) -> dict[str, Any]:
    words = content["condition"]
    steps = (
        ("Conditions", "/conditions/"),
        (wording.sentence_start(words["name"]), f"/conditions/{words['slug']}/"),
        (content["question"]["text"], typesetting.address(content)),
    )
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": site(path)}
            for place, (name, path) in enumerate(steps, 1)
        ],
    }


def _one_or_all(things: list[Any]) -> Any:
    return things[0] if len(things) == 1 else things


def review_of(public: PublicPage) -> dict[str, Any]:
    """Return `review.json` of a page; raise reading.Withdrawn, or content.Altered."""
    copy = public.live()
    return review_record(
        public,
        copy,
        retracted_since=reading.retracted_since(copy),
        proof=proofs.compose(
            copy.address, copy.edition, reading.proof_of(copy.edition)
        ),
    )


def review_record(
    public: PublicPage,
    copy: Copy,
    *,
    retracted_since: dict[str, date],
    proof: dict[str, Any],
) -> dict[str, Any]:
    """Return `review.json`: what was signed, and how anybody can check it."""
    content, record, edition = copy.content, copy.record, copy.edition
    due = record["review_due_on"]
    overdue = typesetting.standing(record)["overdue_since"] is not None
    return {
        "address": copy.address,
        "url": site(copy.address),
        "state": "live",
        "question": content["question"]["text"],
        "condition": content["condition"]["name"],
        "edition": copy.number,
        "permalink": site(f"{copy.address}editions/{copy.number}/"),
        "first_published_on": public.first_published_on.isoformat(),
        "last_updated": record["signed_on"],
        "next_review_due": due,
        "overdue": overdue,
        "overdue_since": due if overdue else None,
        "retracted_since_review": {
            key: day.isoformat() for key, day in retracted_since.items()
        },
        "fingerprint": typesetting.review(record, copy.number, edition.record_sha256)[
            "fingerprint"
        ],
        "content": content,
        "record": record,
        **proof,
        "how_to_check": HOW_TO_CHECK,
        "editions": listed(public),
    }


def listed(public: PublicPage) -> list[dict[str, Any]]:
    """Return every edition of a page that was ever public, the newest first."""
    return [_listed(public.address, edition) for edition in public.recorded()]


def _listed(address: str, edition: Edition) -> dict[str, Any]:
    record = reading.record_or_none(edition)
    said = record or {}
    return {
        "edition": edition.number,
        "permalink": site(f"{address}editions/{edition.number}/"),
        "signed_on": said.get("signed_on"),
        "change_type": said.get("change_type"),
        "note": said.get("note"),
        "record_sha256": edition.record_sha256 if record else None,
        "verified": record is not None,
    }
