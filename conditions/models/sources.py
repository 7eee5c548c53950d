"""Sources: citable references, each of whose identifiers belongs to it alone."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from conditions import identifiers
from conditions.write_once import History, Recorded


class SourceKind(models.TextChoices):
    ARTICLE = "article", "Journal article"
    TRIAL = "trial", "Trial registration"
    GUIDELINE = "guideline", "Guideline"
    REGULATOR = "regulator", "Regulator’s decision"
    REFERENCE = "reference", "Reference work"
    WEB = "web", "Web page"


SOURCE_SCHEMES = ("pmid", "pmcid", "doi", "nct")


class Source(Recorded):
    """One citable reference; each of its identifiers belongs to it alone."""

    key = models.CharField(
        max_length=200,
        unique=True,
        help_text="pmid:…, doi:…, nct:…, or a word of your own such as gard-poh.",
    )
    kind = models.CharField(
        max_length=12, choices=SourceKind, default=SourceKind.ARTICLE
    )
    title = models.CharField(max_length=500)
    authors = models.CharField(max_length=500, blank=True)
    container = models.CharField("journal or publisher", max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    pmid = models.CharField("PMID", max_length=200, blank=True)
    pmcid = models.CharField("PMCID", max_length=200, blank=True)
    doi = models.CharField("DOI", max_length=300, blank=True)
    nct = models.CharField("NCT number", max_length=200, blank=True)
    url = models.URLField("address", max_length=500, blank=True)
    accessed_on = models.DateField("read on", null=True, blank=True)
    retracted_on = models.DateField(null=True, blank=True)

    history = History()

    class Meta:
        ordering = ("key",)
        constraints = (
            models.CheckConstraint(
                name="source_kind_is_known", condition=Q(kind__in=SourceKind.values)
            ),
            *(
                models.UniqueConstraint(
                    name=f"source_{scheme}_is_unique",
                    fields=(scheme,),
                    condition=~Q(**{scheme: ""}),
                    violation_error_message=(
                        "Another source has this identifier already: cite that one."
                    ),
                )
                for scheme in SOURCE_SCHEMES
            ),
            *(
                models.CheckConstraint(
                    name=f"source_key_agrees_with_{scheme}",
                    condition=~Q(key__startswith=f"{scheme}:")
                    | Q(key=Concat(Value(f"{scheme}:"), F(scheme))),
                    violation_error_message=(
                        f"The key and the {scheme.upper()} field say different things: "
                        "make them agree."
                    ),
                )
                for scheme in SOURCE_SCHEMES
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.key})"

    def clean(self) -> None:
        try:
            self._clean_identifiers()
        except identifiers.InvalidIdentifier as error:
            raise ValidationError(str(error)) from error
        if not (self.url or any(getattr(self, s) for s in SOURCE_SCHEMES)):
            raise ValidationError("Give an identifier or an address to find it by.")
        if self.url and not self.url.startswith("https://"):
            raise ValidationError({"url": "Give an address with https."})
        if not (self.year or self.accessed_on):
            raise ValidationError({"year": "Give the year, or the day you read it."})

    def _clean_identifiers(self) -> None:
        for scheme in SOURCE_SCHEMES:
            if value := getattr(self, scheme):
                setattr(self, scheme, identifiers.clean(scheme, value))
        if not (parts := identifiers.split_key(self.key)):
            if not identifiers.is_own_word(self.key):
                raise identifiers.InvalidIdentifier(
                    f"“{self.key}” cannot be a key: use pmid:…, pmcid:…, doi:…, nct:… "
                    "or a word of your own in small letters, such as gard-poh."
                )
            return
        scheme, value = parts
        value = identifiers.clean(scheme, value)
        if getattr(self, scheme) not in ("", value):
            raise identifiers.InvalidIdentifier(
                f"The key says {value}, the {identifiers.label(scheme)} field says "
                f"{getattr(self, scheme)}: make them agree."
            )
        setattr(self, scheme, value)
        self.key = identifiers.source_key(scheme, value)
