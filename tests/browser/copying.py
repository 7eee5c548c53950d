"""A clipboard that another program has filled, and the field that it is pasted into."""

COPY = """([html, plain]) => {
    document.addEventListener("copy", (event) => {
        event.clipboardData.setData("text/html", html);
        event.clipboardData.setData("text/plain", plain);
        event.preventDefault();
    }, { once: true });
}"""


class Desk:
    """A writer at one text's form, with a clipboard that another program has filled."""

    def __init__(self, visitor, field="id_body"):
        self.page = visitor.page
        self.id = field
        self.field = self.page.locator(f"#{field}")
        self.field.fill("")

    def paste(self, html, plain="", keys="Control+V"):
        """Through the browser's own clipboard, as a copy elsewhere would fill it."""
        self.page.evaluate(COPY, [html, plain])
        where = self.field.evaluate("e => [e.selectionStart, e.selectionEnd]")
        self.page.locator("#id_reason").focus()
        self.page.keyboard.press("Control+C")
        self.field.focus()
        self.field.evaluate("(e, at) => e.setSelectionRange(...at)", where)
        self.page.keyboard.press(keys)
        return self.text

    def select(self, words):
        at = self.text.index(words)
        self.field.focus()
        self.field.evaluate(
            "(e, at) => e.setSelectionRange(...at)", [at, at + len(words)]
        )

    @property
    def text(self):
        return self.field.input_value()

    @property
    def said(self):
        return self.page.locator(f"[data-said-of={self.id}]").inner_text()
