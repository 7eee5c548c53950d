"""What is answered before a view, or where a view cannot."""

import pytest


@pytest.mark.parametrize("address", ["/\x00", "/search/?q=a%00b", "/admin/login/?\x00"])
def test_nul_in_an_address_is_a_bad_request(visit, address):
    assert visit(address).status == 400


def test_letters_of_every_script_are_no_bad_request(visit):
    assert visit("/Ménière/名/?q=%E5%90%8D").status == 404


def test_path_that_is_not_utf8_is_not_found(visit):
    assert visit("/", PATH_INFO="/\xff\xfe").status == 404


def test_absent_database_is_a_503_that_says_so(visit, no_database):
    answer = visit("/admin/", HTTP_COOKIE="session=" + "a" * 32)

    assert answer.status == 503
    assert answer.headers["Retry-After"] == "60"
    assert b"cannot reach its database" in answer.body


def test_503_tells_nothing_of_the_database(visit, no_database):
    answer = visit("/admin/", HTTP_COOKIE="session=" + "a" * 32)

    assert no_database.encode() not in answer.body


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "X"])
@pytest.mark.parametrize("address", ["/admin/", "/admin/nothing/", "/accounts/x/"])
def test_a_staff_address_takes_no_method_but_those_of_a_browser(visit, address, method):
    answer = visit(address, method)

    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD, POST"
