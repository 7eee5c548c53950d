"""An imprint names all that an answer is made by."""

import pytest

from conditions import imprint
from conditions.imprint import SHOWN, _imprint


def test_it_is_the_same_for_every_process_of_the_same_code():
    assert _imprint() == _imprint() == imprint.imprint()
    assert imprint.is_current()


@pytest.mark.parametrize("name", SHOWN)
def test_every_setting_that_a_page_shows_is_in_it(settings, name):
    before = _imprint()
    setattr(settings, name, f"{getattr(settings, name)}x")

    assert _imprint() != before


def test_a_changed_file_is_another_imprint(tmp_path, monkeypatch, settings):
    (tmp_path / "templates").mkdir()
    settings.BASE_DIR = tmp_path
    before = _imprint()
    (tmp_path / "templates" / "page.html").write_text("<p>Another page.</p>")

    assert _imprint() != before


def test_static_files_are_in_it_by_their_manifest(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    assert not imprint.is_ready()
    before = _imprint()
    (tmp_path / "staticfiles.json").write_text("{}")

    assert imprint.is_ready()
    assert _imprint() != before
