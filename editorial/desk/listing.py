"""How each list of the desk is asked and shown: filters, columns, pages. Reads only."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.utils import display_for_field, lookup_field
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR, ChangeList
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.text import capfirst

LONGEST_SEARCH = 100  # characters; SQLite refuses far longer patterns with an error


@dataclass(frozen=True)
class Filter:
    """One select: its name in the address, its options, and what is chosen now.

    `chosen` is that in words; `without` is the address of the list without it.
    """

    name: str
    label: str
    options: list[tuple[str, str]]
    value: str
    chosen: str
    without: str


@dataclass(frozen=True)
class Cell:
    """What one row says in one column; the first cell has the row's address."""

    name: str
    label: str
    value: Any
    address: str
    row: Any


class Listing(ChangeList):
    """The admin's list, told as a form with selects and as rows of cells.

    `beneath` is the template of what stands under the address of a row, if anything.
    """

    beneath = ""

    def get_results(self, request):
        """Find the keys of a page and then its rows, where a row has much to tell.

        Else the database would gather it of every row, to put them in order.
        """
        super().get_results(request)
        if not self.model_admin.keys_first:
            return
        keys = list(self.result_list.values_list("pk", flat=True))
        rows = self.queryset.order_by().filter(pk__in=keys).in_bulk()
        self.result_list = [rows[key] for key in keys if key in rows]

    def get_ordering(self, request, queryset):
        self._first = list(self.model_admin.get_ordering(request))
        return super().get_ordering(request, queryset)

    def _get_default_ordering(self):
        """Let the headings show the order that this very question begins with."""
        return self._first

    @cached_property
    def filters(self):
        return [self._filter(spec) for spec in self.filter_specs]

    @property
    def filters_set(self):
        return [one for one in self.filters if one.value]

    def _filter(self, spec):
        """Read a filter of any kind from the addresses of its choices."""
        name = spec.expected_parameters()[0]
        options = []
        for choice in spec.choices(self):
            asked = parse_qs(choice["query_string"].removeprefix("?"))
            words = strip_tags(choice["display"])
            options.append((asked.get(name, [""])[-1], words))
        value = self.params.get(name, "")
        return Filter(
            name=name,
            label=capfirst(spec.title),
            options=options,
            value=value,
            # A value that nobody offers is told as it came: it can be taken away too.
            chosen=dict(options).get(value, value),
            without=self.get_query_string(remove=[name, PAGE_VAR]),
        )

    @property
    def kept(self):
        """What a new question keeps of the address: the order of the rows."""
        asked = {one.name for one in self.filters} | {SEARCH_VAR, PAGE_VAR}
        return [pair for pair in self.params.items() if pair[0] not in asked]

    @property
    def without_search(self):
        return self.get_query_string(remove=[SEARCH_VAR, PAGE_VAR])

    @cached_property
    def headers(self):
        return list(result_headers(self))

    @property
    def lines(self):
        """Yield the cells of each row, in the order of the headers."""
        labels = [capfirst(header["text"]) for header in self.headers]
        columns = list(zip(self.list_display, labels, strict=True))
        for row in self.result_list:
            yield [self._cell(row, name, label) for name, label in columns]

    def _cell(self, row, name, label):
        field, attribute, value = lookup_field(name, row, self.model_admin)
        if value is None:
            value = getattr(attribute, "empty_value_display", "")
        elif field:
            value = display_for_field(value, field, "")
        address = self.url_for_result(row) if name == self.list_display[0] else ""
        return Cell(name, label, value, address, row)

    @property
    def pages(self):
        """Yield (number, address) of pages; for numbers left out the address is ""."""
        for number in self.paginator.get_elided_page_range(self.page_num, on_ends=1):
            yield number, self.page(number) if isinstance(number, int) else ""

    def page(self, number):
        return self.get_query_string({PAGE_VAR: number})

    @property
    def previous(self):
        return self.page(self.page_num - 1) if self.page_num > 1 else ""

    @property
    def next(self):
        return self.page(self.page_num + 1) if self.page_num < self.last else ""

    @property
    def last(self):
        return self.paginator.num_pages


class ListAdmin(admin.ModelAdmin):
    """A list in our look, of rows that are deleted by nobody."""

    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    actions = None
    keys_first = False

    def get_changelist(self, request, **kwargs):
        return Listing

    def get_search_results(self, request, queryset, search_term):
        term = search_term[:LONGEST_SEARCH]
        return super().get_search_results(request, queryset, term)

    def changelist_view(self, request, extra_context=None):
        """Answer with the list; a form's empty fields are dropped from its address."""
        asked = request.GET.copy()
        for name in [name for name in asked if not asked[name]]:
            del asked[name]
        if request.method == "GET" and len(asked) < len(request.GET):
            return redirect(f"{request.path}?{asked.urlencode()}".removesuffix("?"))
        one, many = self.named
        words = {"title": capfirst(many), "subtitle": None, "kind": one, "kinds": many}
        return super().changelist_view(request, {**words, **(extra_context or {})})

    @property
    def named(self):
        """What a row is called, and what some are."""
        return self.model._meta.verbose_name, self.model._meta.verbose_name_plural

    def has_delete_permission(self, request, obj=None):
        return False
