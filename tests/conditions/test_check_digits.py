import pytest

from conditions import check_digits

VALID = {
    check_digits.orcid: (
        "0000-0002-1825-0097",
        "0000-0001-5109-3700",
        "0000-0002-1694-233X",
    ),
    check_digits.snomed: ("719271000", "73211009", "22298006"),
    check_digits.ror: ("03yrm5c26", "02mhbdp94", "05dxps055"),
    check_digits.npi: ("1234567893",),
    check_digits.issn: ("0028-4793", "2434-561X"),
    check_digits.isbn: ("9783161484100",),
}
CASES = [
    pytest.param(check, value, id=f"{check.__name__}-{value}")
    for check, values in VALID.items()
    for value in values
]


@pytest.mark.parametrize(("check", "value"), CASES)
def test_published_identifiers_pass(check, value):
    assert check(value)


@pytest.mark.parametrize(("check", "value"), CASES)
def test_every_single_wrong_digit_is_caught(check, value):
    wrong = [
        value[:place] + digit + value[place + 1 :]
        for place, right in enumerate(value)
        if right.isdigit()
        for digit in "0123456789"
        if digit != right
    ]

    assert [text for text in wrong if check(text)] == []


@pytest.mark.parametrize("value", VALID[check_digits.ror])
def test_every_single_wrong_letter_of_a_ror_is_caught(value):
    letters = "0123456789abcdefghjkmnpqrstvwxyz"
    wrong = [
        value[:place] + letter + value[place + 1 :]
        for place in range(1, 7)
        for letter in letters
        if letter != value[place]
    ]

    assert [text for text in wrong if check_digits.ror(text)] == []


@pytest.mark.parametrize(
    ("check", "value"),
    [
        case
        for case in CASES
        if case.values[0] in (check_digits.orcid, check_digits.snomed)
    ],
)
def test_two_digits_that_changed_places_are_caught(check, value):
    swapped = {
        value[:place] + value[place + 1] + value[place] + value[place + 2 :]
        for place in range(len(value) - 1)
        if value[place : place + 2].isdigit()
    }

    assert [text for text in swapped - {value} if check(text)] == []
