"""A small Wagtail site of medical answers, for comparisons; no part of Countersign."""
