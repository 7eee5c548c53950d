"""Countersign and Wagtail side by side: both run, both driven by a real browser."""
