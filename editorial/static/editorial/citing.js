// Finds, adds and cites a source without leaving the text, and puts the citation where
// the writer stands in it. Without it, the same buttons send the whole form, and the
// citation comes at the end of the body.
{
  const box = document.getElementById("sources");
  const body = document.getElementById("id_body");
  const search = document.getElementById("source-search");
  const BUTTONS = ["find", "cite", "new_source", "add_source", "leave_source"];
  let busy = false;
  let stands = false; // the writer has been in the body: its caret says where

  // What is shown in the results anyway is told to who cannot see them come.
  function say(words, shown = "") {
    box.querySelector("[data-said]").textContent = words;
    box.querySelector("[data-heard]").textContent = words ? "" : shown;
  }

  async function press(name, value) {
    if (busy) return; // a second press of the same button adds and cites nothing twice
    busy = true;
    const sent = new FormData(box.closest("form"));
    sent.set(name, value);
    try {
      const answer = await fetch(box.dataset.citing, {
        method: "POST",
        body: new URLSearchParams(sent),
        redirect: "manual",
      });
      const json = answer.headers.get("Content-Type")?.startsWith("application/json");
      if (answer.ok && json) show(await answer.json());
      else say(`Nothing was done: ${refusal(answer)}`);
    } catch {
      say("Nothing was done: the desk cannot be reached. Try again in a moment.");
    }
    busy = false;
  }

  function refusal(answer) {
    if (answer.status === 403)
      return (
        "the desk refused it. Your login or your role has changed since you opened " +
        "this page; what you typed is still on it."
      );
    // Any other page is the login, or leads to it.
    if (answer.ok || answer.type === "opaqueredirect" || answer.status === 401)
      return "you have been logged out. What you typed is still on this page.";
    return `the desk answered with an error (${answer.status}).`;
  }

  function show(now) {
    const found = box.querySelector("[data-found]");
    found.innerHTML = now.found;
    if (now.cite) cite(now.cite);
    if (now.cite || !found.firstElementChild) search.value = "";
    const asked =
      found.querySelector("[aria-invalid=true]") ??
      found.querySelector(".new-source :is(textarea, input:not([type=hidden]))");
    if (asked) asked.focus();
    else if (!now.cite) search.focus();
    say(now.said, found.firstElementChild?.textContent.replace(/\s+/g, " "));
  }

  // After the word, or the citation, that the caret is in.
  function place() {
    const text = body.value;
    if (!stands) return text.trimEnd().length;
    const within = /\[@[^\]\n]*$/.exec(text.slice(0, body.selectionEnd));
    const rest = text.slice(body.selectionEnd);
    const end = within ? rest.indexOf("]") + 1 : /^[\p{L}\p{N}]*/u.exec(rest)[0].length;
    return body.selectionEnd + end;
  }

  function cite(key) {
    const at = place();
    const before = /[^\s\]]$/.test(body.value.slice(0, at)) ? " " : "";
    const after = /^[\p{L}\p{N}]/u.test(body.value.slice(at)) ? " " : "";
    body.focus();
    body.setSelectionRange(at, at);
    const words = `${before}[@${key}]${after}`;
    // The first way can be undone by Ctrl+Z; the second works everywhere.
    if (document.execCommand?.("insertText", false, words)) return;
    body.setRangeText(words, at, at, "end");
    body.dispatchEvent(new Event("input", { bubbles: true }));
  }

  if (box && body) {
    body.addEventListener("focus", () => (stands = true));
    box.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button || !BUTTONS.includes(button.name)) return;
      event.preventDefault();
      press(button.name, button.value);
    });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.target.matches("input")) return;
      event.preventDefault();
      press(event.target.id === "source-search" ? "find" : "add_source", "1");
    });
    box.addEventListener("paste", (event) => {
      if (event.target.id === "source-search") setTimeout(press, 0, "find", "1");
    });
  }
}
