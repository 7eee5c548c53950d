"""The catalogue: conditions, questions and reviewers, as they are known today.

Working material with history; readers see only what was frozen of it into an edition.
"""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from conditions import identifiers
from conditions.write_once import History, Recorded

# Each condition has a feed by its slug, beside these.
FEEDS_OF_ALL = ("updates", "corrections")


def clean_identifiers(pairs: object) -> list[dict[str, str]]:
    """Return the pairs with canonical values; ValidationError names a bad one."""
    if not isinstance(pairs, list) or not all(_is_pair(pair) for pair in pairs):
        raise ValidationError("Give each identifier as a scheme and a value.")
    try:
        return [
            {"scheme": p["scheme"], "value": identifiers.clean(p["scheme"], p["value"])}
            for p in pairs
        ]
    except identifiers.InvalidIdentifier as error:
        raise ValidationError(str(error)) from error


def _is_pair(pair: object) -> bool:
    match pair:
        case {"scheme": str(), "value": str()}:
            return True
    return False


class Condition(Recorded):
    """A disease or disorder, as the catalogue knows it today."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(
        max_length=200, unique=True, help_text="As written in the middle of a sentence."
    )
    abbreviation = models.CharField(max_length=20, blank=True)
    synonyms = models.JSONField(default=list, blank=True)
    genes = models.JSONField(default=list, blank=True)
    identifiers = models.JSONField(default=list, blank=True)
    community_name = models.CharField("patient community", max_length=200, blank=True)
    community_members = models.PositiveIntegerField(null=True, blank=True)
    community_as_of = models.DateField("members counted on", null=True, blank=True)
    community_url = models.URLField("community address", blank=True)

    history = History()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                name="community_count_is_dated",
                condition=Q(community_members__isnull=True)
                | Q(community_as_of__isnull=False),
                violation_error_message=(
                    "Say on which day the members were counted, or leave the count out."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.slug in FEEDS_OF_ALL:
            taken = f"Choose another: /feeds/{self.slug}.atom is of the whole site."
            raise ValidationError({"slug": taken})
        self.identifiers = clean_identifiers(self.identifiers)
        if self.community_members and not self.community_name:
            raise ValidationError(
                {"community_name": "Name the community whose members are counted."}
            )
        if self.community_url and not self.community_url.startswith("https://"):
            raise ValidationError({"community_url": "Give an address with https."})


class Question(Recorded):
    """A pattern asked of every condition, with the rules for its answers."""

    slug = models.SlugField(max_length=80, unique=True)
    pattern = models.CharField(
        max_length=300, unique=True, help_text="With {condition} once, ending in “?”."
    )
    order = models.PositiveSmallIntegerField(default=100)
    review_interval_months = models.PositiveSmallIntegerField(
        default=36,
        validators=(MinValueValidator(1), MaxValueValidator(36)),
        help_text="12 for research and treatment, else 36, never more.",
    )
    signatures_required = models.PositiveSmallIntegerField(
        default=1, choices=((1, "One"), (2, "Two"))
    )
    fewest_sources = models.PositiveSmallIntegerField(
        default=1, validators=(MinValueValidator(1),)
    )
    offers_trial_search = models.BooleanField(default=False)

    history = History()

    class Meta:
        ordering = ("order", "slug")
        constraints = (
            models.CheckConstraint(
                name="review_interval_is_1_to_36_months",
                condition=Q(review_interval_months__range=(1, 36)),
            ),
            models.CheckConstraint(
                name="one_or_two_signatures",
                condition=Q(signatures_required__in=(1, 2)),
            ),
            models.CheckConstraint(
                name="at_least_one_source", condition=Q(fewest_sources__gte=1)
            ),
        )

    def __str__(self) -> str:
        return self.pattern.replace("{condition}", "…")

    def asked_of(self, condition: Condition) -> str:
        """Return the question as readers see it, with the condition's name in it."""
        return self.pattern.replace("{condition}", condition.name)

    def clean(self) -> None:
        one = self.pattern.count("{condition}") == 1
        rest = self.pattern.replace("{condition}", "")
        if not one or not rest.endswith("?") or "{" in rest or "}" in rest:
            raise ValidationError(
                {"pattern": "Write {condition} exactly once, and end with “?”."}
            )


class Reviewer(Recorded):
    """The public byline of a person who signs."""

    slug = models.SlugField(max_length=80, unique=True)
    printed_name = models.CharField(max_length=120)
    post_nominals = models.CharField(max_length=60, blank=True)
    profession = models.CharField(max_length=160)
    affiliation = models.CharField(max_length=160, blank=True)
    registration_body = models.CharField(max_length=120, blank=True)
    registration_number = models.CharField(max_length=40, blank=True)
    orcid = models.CharField("ORCID", max_length=60, blank=True)
    biography = models.TextField(blank=True)

    history = History()

    class Meta:
        ordering = ("printed_name",)

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.printed_name, self.post_nominals)))

    def clean(self) -> None:
        if self.orcid:
            try:
                self.orcid = identifiers.clean("orcid", self.orcid)
            except identifiers.InvalidIdentifier as error:
                raise ValidationError({"orcid": str(error)}) from error
