"""An edition's number in an address: 1, 2, 3, in one spelling each."""

from django.urls import register_converter


class EditionNumber:
    """What `<edition:number>` in an address takes."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(EditionNumber, "edition")
