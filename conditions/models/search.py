"""The index behind the search; `conditions.indexing` alone has its rows written.

Made again from live editions at any time. It gives editions and never words: what a
reader sees of a hit is read from the edition itself, and verified. The words of pages
stand in a table of each engine's own: see `conditions.word_index`.
"""

from django.db import models

from conditions.saved_often import SavedOften


class Indexed(SavedOften):
    """Which edition of a page stands in the index, and by which way of indexing."""

    # Ids and no keys: what can be made again at any time keeps no other row.
    page = models.PositiveBigIntegerField(primary_key=True)
    edition = models.PositiveBigIntegerField()
    way = models.PositiveSmallIntegerField()

    class Meta:
        indexes = (models.Index(name="indexed_editions", fields=("edition", "way")),)

    def __str__(self) -> str:
        return f"edition {self.edition} of page {self.page}"


class NameWord(models.Model):
    """A word of a name, gene or identifier of a condition, as an edition froze it."""

    condition = models.PositiveBigIntegerField()
    edition = models.PositiveBigIntegerField()
    name = models.PositiveSmallIntegerField()  # the how-manieth name of the edition
    size = models.PositiveSmallIntegerField()  # words in that name
    stem = models.CharField(max_length=150)
    word = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = (
            models.Index(
                name="names_by_word", fields=("stem", "edition", "name", "size")
            ),
            models.Index(name="names_by_spelling", fields=("word", "edition")),
            models.Index(name="names_of_a_condition", fields=("condition",)),
        )

    def __str__(self) -> str:
        return self.stem


class Trigram(models.Model):
    """Three letters of a word that stands in a name, to find one that is misspelt."""

    letters = models.CharField(max_length=3)
    word = models.CharField(max_length=60)

    class Meta:
        indexes = (
            models.Index(name="words_by_letters", fields=("letters", "word")),
            models.Index(name="letters_of_a_word", fields=("word",)),
        )

    def __str__(self) -> str:
        return f"{self.letters} of {self.word}"
