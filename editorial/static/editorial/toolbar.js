// The buttons above the fields of a text: what each does to the words that are selected,
// and the keys that press it. The vendored <markdown-toolbar> moves the focus among them;
// its own marks ("_" for italic, "## " inside a line) are not ours. Without either script
// no button is shown, and the marks are typed.
"use strict";

{
  const TABLE = "| First column | Second column |\n| --- | --- |\n| Words | Words |";
  const ADDRESS = "https://example.org/";
  const LINES = {
    heading: () => "## ",
    subheading: () => "### ",
    bullets: () => "- ",
    numbers: (place) => `${place}. `,
    quote: () => "> ",
  };
  const MARKED = /^( *)(#{1,6} |[-*] |\d{1,9}\. |> )?/;
  const QUOTABLE = /^["'“‘«„*_([@]*\p{L}/u;

  // As if typed, so that Ctrl+Z takes it back; then selects a part of what was typed.
  function type(field, words, [from, to], [start, end] = [words.length, words.length]) {
    field.focus();
    field.setSelectionRange(from, to);
    if (!document.execCommand(words ? "insertText" : "delete", false, words)) {
      field.setRangeText(words, from, to, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    field.setSelectionRange(from + start, from + end);
  }

  function selected(field) {
    return [field.selectionStart, field.selectionEnd];
  }

  // The selection without the blanks around it; where there is none, the word there.
  function words(field) {
    let [from, to] = selected(field);
    const letter = (at) => /[\p{L}\p{N}'’-]/u.test(field.value[at] || "");
    if (from === to) {
      while (letter(from - 1)) from -= 1;
      while (letter(to)) to += 1;
    }
    while (from < to && /\s/.test(field.value[from])) from += 1;
    while (to > from && /\s/.test(field.value[to - 1])) to -= 1;
    return [from, to];
  }

  // Blocks stand between empty lines; returns what is missing before and after them.
  function gaps(field, [from, to]) {
    const [before, after] = [field.value.slice(0, from), field.value.slice(to)];
    const lead = before.trim() ? "\n\n".slice(/\n{0,2}$/.exec(before)[0].length) : "";
    const trail = after.trim() ? "\n\n".slice(/^\n{0,2}/.exec(after)[0].length) : "";
    return [lead, trail];
  }

  // "*" or "**" around the words of each line, or away from them.
  function emphasise(field, mark) {
    const [from, to] = words(field);
    const { value } = field;
    const stars = (text) => /^\**/.exec(text)[0].length;
    const beside = Math.min(
      stars([...value.slice(0, from)].reverse().join("")),
      stars(value.slice(to)),
    );
    const wide = mark.length;
    if (from < to && (beside === wide || beside === 3)) {
      const inner = value.slice(from, to);
      type(field, inner, [from - wide, to + wide], [0, inner.length]);
      return;
    }
    const lines = value.slice(from, to).split("\n");
    const marked = lines.map((line) => {
      const sign = MARKED.exec(line)[0];
      const rest = line.slice(sign.length);
      return rest || lines.length === 1 ? `${sign}${mark}${rest}${mark}` : line;
    });
    const typed = marked.join("\n");
    type(field, typed, [from, to], lines.length === 1 ? [wide, typed.length - wide] : undefined);
  }

  function link(field) {
    const [from, to] = words(field);
    const chosen = field.value.slice(from, to);
    const isAddress = /^https:\/\/[^\s()]+$/.test(chosen);
    const label = chosen.replace(/\s*\n\s*/g, " ") || "words of the link";
    const address = isAddress ? chosen : ADDRESS;
    const end = label.length + 1;
    const select = isAddress || !chosen ? [1, end] : [end + 2, end + 2 + address.length];
    type(field, `[${label}](${address})`, [from, to], select);
  }

  function table(field) {
    const end = field.value.indexOf("\n", field.selectionEnd);
    const at = end < 0 ? field.value.length : end;
    const [lead, trail] = gaps(field, [at, at]);
    const first = lead.length + 2;
    type(field, lead + TABLE + trail, [at, at], [first, first + "First column".length]);
  }

  function wholeLines(field) {
    const [from, to] = selected(field);
    const last = to > from && field.value[to - 1] === "\n" ? to - 1 : to;
    const end = field.value.indexOf("\n", last);
    return [field.value.lastIndexOf("\n", from - 1) + 1, end < 0 ? field.value.length : end];
  }

  function markLines(field, act) {
    const [from, to] = wholeLines(field);
    const lines = field.value.slice(from, to).split("\n");
    const full = lines.length === 1 ? lines : lines.filter((line) => line.trim());
    const bare = full.map((line) => line.slice(MARKED.exec(line)[0].length));
    if (act === "quote" && !bare.every((line) => QUOTABLE.test(line))) {
      say(field, "A quotation begins with a letter: put a word before the number or sign.");
      return;
    }
    const marks = full.map((line, place) => LINES[act](place + 1));
    const isOn = full.every((line, place) => line.startsWith(marks[place]) && bare[place]);
    const between = isOn || /heading/.test(act) ? "\n\n" : act === "quote" ? "\n>\n" : "\n";
    const typed = bare.map((line, place) => (isOn ? "" : marks[place]) + line).join(between);
    const [lead, trail] = gaps(field, [from, to]);
    const start = full.length === 1 ? lead.length + typed.length : lead.length;
    type(field, lead + typed + trail, [from, to], [start, lead.length + typed.length]);
  }

  function say(field, sentence) {
    document.querySelector(`[data-said-of="${field.id}"]`).textContent = sentence;
  }

  function press(field, act) {
    say(field, "");
    if (act === "bold") emphasise(field, "**");
    else if (act === "italic") emphasise(field, "*");
    else if (act === "link") link(field);
    else if (act === "table") table(field);
    else markLines(field, act);
  }

  for (const tools of document.querySelectorAll(".tools[data-tools-of]")) {
    const field = document.getElementById(tools.dataset.toolsOf);
    if (!field) continue;
    field.before(tools);
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-act]");
      if (button) press(field, button.dataset.act);
    });
    field.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const key = `Control+${event.key.toUpperCase()}`;
      const button = tools.querySelector(`button[aria-keyshortcuts="${key}"]`);
      if (!button) return;
      event.preventDefault();
      press(field, button.dataset.act);
    });
  }
}
