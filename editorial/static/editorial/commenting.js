// Fills in which words a comment is about from what is selected: in the text that is
// typed, in the text beside its sources, or on the page as readers will see it. Without
// it the words are copied into their field by hand.
{
  const form = document.getElementById("commenting");
  const says = document.querySelector("[data-quoting]");
  const WAIT = 400; // milliseconds until a selection stands still
  const AROUND = 120; // letters beside the words, by which like ones are told apart
  const SHOWN = 40; // letters of the words where they stand for the whole
  let timer = 0;
  let filled = "";

  // What a person typed into the field, or began to say, is theirs.
  const busy = () =>
    (form.elements.quote.value.trim() && form.elements.quote.value !== filled) ||
    form.elements.words.value.trim();

  function fill({ words, before, after, name }) {
    const quote = words.trim();
    if (!quote) return tell("");
    if (busy()) return;
    const at = words.indexOf(quote);
    filled = quote;
    // As if the page had come so: a selection alone is nothing that must be saved.
    form.elements.quote.defaultValue = form.elements.quote.value = quote;
    form.elements.prefix.value = (before + words.slice(0, at)).slice(-AROUND);
    form.elements.suffix.value = (words.slice(at + quote.length) + after).slice(0, AROUND);
    for (const option of form.elements.field.options)
      option.selected = option.defaultSelected = option.value === name;
    tell(quote);
  }

  function tell(quote) {
    if (says.dataset.about === quote) return;
    says.dataset.about = quote;
    says.replaceChildren();
    if (!quote) return;
    const link = document.createElement("a");
    const more = quote.length > SHOWN;
    link.href = "#commenting";
    link.className = "button plain";
    link.textContent = `Comment on “${quote.slice(0, SHOWN).replace(/\s+/g, " ")}${more ? "…" : ""}”`;
    says.append(link);
  }

  function soon(read) {
    clearTimeout(timer);
    timer = setTimeout(() => fill(read()), WAIT);
  }

  const nothing = { words: "", before: "", after: "", name: "" };

  function ofField(field) {
    const { value, selectionStart: start, selectionEnd: end, name } = field;
    return {
      words: value.slice(start, end),
      before: value.slice(Math.max(0, start - AROUND), start),
      after: value.slice(end, end + AROUND),
      name,
    };
  }

  // Words as they are read: the numbers of sources are none of the text's.
  function read(range) {
    const part = document.createElement("div");
    part.append(document.importNode(range.cloneContents(), true));
    for (const other of part.querySelectorAll("sup, .visually-hidden, .of-passage"))
      other.remove();
    return part.textContent;
  }

  function ofPage(page, within) {
    const selection = page.getSelection();
    const range = selection.rangeCount && selection.getRangeAt(0);
    if (!range || range.collapsed) return nothing;
    const { startContainer: first, endContainer: last } = range;
    const all = within(first);
    if (!all || !all.contains(last)) return nothing;
    const before = page.createRange();
    before.setStart(all, 0);
    before.setEnd(first, range.startOffset);
    const after = page.createRange();
    after.setStart(last, range.endOffset);
    after.setEndAfter(all.lastChild);
    return {
      words: read(range),
      before: read(before).slice(-AROUND),
      after: read(after).slice(0, AROUND),
      name: "",
    };
  }

  const element = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);

  function watchFrame(frame) {
    const page = frame.contentDocument;
    page?.addEventListener("selectionchange", () => soon(() => ofPage(page, () => page.body)));
  }

  if (form && says) {
    for (const field of document.querySelectorAll("#id_short_answer, #id_body"))
      for (const kind of ["select", "keyup", "mouseup"])
        field.addEventListener(kind, () => soon(() => ofField(field)));
    document.addEventListener("selectionchange", () => {
      const node = document.getSelection().anchorNode;
      const within = (one) => element(one).closest("[data-quotable]");
      if (node && within(node)) soon(() => ofPage(document, within));
    });
    for (const frame of document.querySelectorAll("iframe.preview")) {
      frame.addEventListener("load", () => watchFrame(frame));
      if (frame.contentDocument?.readyState === "complete") watchFrame(frame);
    }
    says.addEventListener("click", (event) => {
      if (!event.target.closest("a")) return;
      event.preventDefault();
      form.scrollIntoView({ block: "start" });
      form.elements.words.focus();
      tell("");
    });
  }
}
