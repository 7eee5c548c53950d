// Finds, adds and cites a source without leaving the text, and puts the citation where
// the writer stands in it. Without it, the same buttons send the whole form, and the
// citation comes at the end of the body.
{
  const box = document.getElementById("sources");
  const body = document.getElementById("id_body");
  let stands = false; // the writer has been in the body: its caret says where

  const BUTTONS = ["find", "cite", "new_source", "add_source", "leave_source"];
  const LOGGED_OUT =
    "Nothing was done: you have been logged out. What you typed is still on this page.";
  const REFUSED =
    "Nothing was done: the desk refused it. Your login or your role has changed since " +
    "you opened this page; what you typed is still on it.";

  function say(words) {
    box.querySelector("[data-said]").textContent = words;
  }

  async function press(name, value) {
    const sent = new FormData(box.closest("form"));
    sent.set(name, value);
    let answer;
    try {
      answer = await fetch(box.dataset.citing, {
        method: "POST",
        body: new URLSearchParams(sent),
        redirect: "manual",
      });
    } catch {
      say("Nothing was done: the desk cannot be reached. Try again in a moment.");
      return;
    }
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
      const gone = answer.ok || answer.type === "opaqueredirect" || answer.status === 401;
      say(gone ? LOGGED_OUT : REFUSED);
      return;
    }
    show(await answer.json());
  }

  function show(now) {
    const found = box.querySelector("[data-found]");
    found.innerHTML = now.found;
    if (now.cite) cite(now.cite);
    const first = found.querySelector("[aria-invalid=true], .new-source :is(input, select):not([type=hidden])");
    first?.focus();
    if (now.cite) document.getElementById("source-search").value = "";
    say(now.said || found.querySelector(".why")?.textContent || found.textContent.trim().split("\n")[0]);
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
