// Puts a citation where the writer stands in the body. Without it, the same buttons ask
// the server, which puts the citation at the end.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=cite]");
  const body = document.getElementById("id_body");
  if (!button || !body) return;
  event.preventDefault();
  const citation = `[@${button.value}]`;
  const start = body.selectionEnd;
  const blank = start && /\S/.test(body.value[start - 1]) ? " " : "";
  body.setRangeText(blank + citation, start, start, "end");
  body.focus();
});
