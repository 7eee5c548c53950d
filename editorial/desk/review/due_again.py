"""The field of the sign-off form that asks when the page is reviewed next."""

from django.core.exceptions import ValidationError

from editorial import next_review
from editorial.desk.review.move_forms import Day


class DueAgain(Day):
    """A day up to the last that the text allows; the one offered is a quiet one."""

    def __init__(self):
        required = {"required": "Say when it is due again."}
        super().__init__("Next review due", error_messages=required)

    def ask(self, summary, *, blank):
        """Say what the last day is and why; offer one where nothing is typed yet."""
        self.last = next_review.limit(summary)
        self.help_text = self.last.told()
        self.widget.attrs["max"] = self.last.on.isoformat()
        if blank:
            self.initial = next_review.offered(summary, self.last)

    def validate(self, value):
        super().validate(value)
        if value and (why := self.last.why_not(value)):
            raise ValidationError(why)
