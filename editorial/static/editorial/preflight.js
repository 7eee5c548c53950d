// Leads from a finding to its words in the text, and marks them. Without it, the link
// leads to the field that holds them.
{
  // The text may have moved since it was checked: the words nearest to their place count.
  function place(text, words, from) {
    if (text.startsWith(words, from)) return from;
    const after = text.indexOf(words, from);
    const before = text.lastIndexOf(words, from);
    if (after < 0 || before < 0) return Math.max(after, before);
    return after - from < from - before ? after : before;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-words]");
    const field = link && document.querySelector(link.getAttribute("href"));
    if (!field) return;
    event.preventDefault();
    const words = link.dataset.words;
    const start = words ? place(field.value, words, Number(link.dataset.from)) : -1;
    field.focus();
    if (start >= 0) field.setSelectionRange(start, start + words.length);
    field.scrollIntoView({ block: "center" });
  });
}
