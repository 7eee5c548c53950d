// Pastes what was copied in Word, Google Docs, LibreOffice or a web page as the Markdown
// that a text here is written in, and says what came in and what did not. It asks the
// clipboard_*.js files, each of which answers the event "clipboard-html". Without it, and
// for plain words, a paste is the browser's own; so is "Paste without formatting".
"use strict";

{
  const LARGEST = 5_000_000; // characters of HTML; more would hold the browser up
  const COUNTED = ["heading", "list", "table", "quotation", "link"];
  const BESIDES = {
    raised: "Read the numbers set high or low: they stand in brackets.",
    flattened: "The short answer takes emphasis alone: all else came in as words.",
  };

  function converted(html, field) {
    const lines = field.value.slice(0, field.selectionStart).split("\n");
    const detail = {
      html,
      emphasisOnly: field.id === "id_short_answer",
      around: [lines.at(-1).slice(-1), field.value.charAt(field.selectionEnd)],
      opensLine: !lines.at(-1).trim(),
      afterList: /^\s*(?:[-*]|\d+\.)\s/.test(lines.filter(Boolean).at(-1) || ""),
      came: {},
      left: {},
      count: (what) => add(detail.came, what),
      leave: (what) => add(detail.left, what),
    };
    document.dispatchEvent(new CustomEvent("clipboard-html", { detail }));
    return detail;
  }

  function add(counts, what) {
    counts[what] = (counts[what] || 0) + 1;
  }

  // Plain words, or Markdown that was typed elsewhere, are better pasted as they are.
  function isRich({ markdown, blocks, came, left }, plain) {
    if (Object.keys(came).length || Object.keys(left).length) return true;
    if (/^(?:#{2,3} |[-*] |1\. |> |\|.*\|\s*$)/m.test(plain)) return false;
    const words = markdown.replace(/\\(?=[!-/:-@[-`{-~])/g, "");
    return blocks.length > 1 || words !== plain.trim().replace(/\s+/g, " ");
  }

  // Blocks stand between empty lines; words alone go in where the caret is.
  function fitted({ markdown, blocks }, field) {
    const before = field.value.slice(0, field.selectionStart);
    const after = field.value.slice(field.selectionEnd);
    if (blocks.length === 1 && blocks[0].kind === "paragraph") return markdown;
    const lead = before.trim() ? "\n\n".slice(/\n{0,2}$/.exec(before)[0].length) : "";
    const trail = after.trim() ? "\n\n".slice(/^\n{0,2}/.exec(after)[0].length) : "";
    return lead + markdown + trail;
  }

  // As if typed, so that Ctrl+Z takes it back. "insertText" types long texts line by line
  // for minutes, so the words go in as HTML whose every "<" is a mere sign; a field makes
  // plain text of it, and the browsers that do not are asked for the slow way.
  function type(field, words) {
    const { value, selectionStart: from, selectionEnd: to } = field;
    const wanted = value.slice(0, from) + words + value.slice(to);
    const html = words.replace(/&/g, "&amp;").replace(/</g, "&lt;");
    field.focus();
    if (document.execCommand("insertHTML", false, html) && field.value === wanted) return;
    if (field.value !== value) document.execCommand("undo");
    field.setSelectionRange(from, to);
    if (document.execCommand("insertText", false, words)) return;
    field.setRangeText(words, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function listed(counts, kinds) {
    return kinds
      .filter((kind) => counts[kind])
      .map((kind) => `${counts[kind]} ${kind.replace(/s?$/, (s) => (counts[kind] === 1 ? s : "s"))}`)
      .join(", ");
  }

  function sentences({ came, left, blocks }) {
    const paragraphs = blocks.length === 1 ? "1 paragraph" : `${blocks.length} paragraphs`;
    const lost = listed(left, Object.keys(left)).replace("addresss", "addresses");
    return [
      `Pasted as Markdown: ${listed(came, COUNTED) || paragraphs}.`,
      lost && `Left out: ${lost}.`,
      ...Object.keys(BESIDES).map((what) => came[what] && BESIDES[what]),
      "Ctrl+Z takes it back.",
    ];
  }

  function say(field, words) {
    const status = document.querySelector(`[data-said-of="${field.id}"]`);
    if (status) status.textContent = words.filter(Boolean).join(" ");
  }

  document.addEventListener("paste", (event) => {
    const field = event.target;
    const given = event.clipboardData;
    if (!given || !field.matches?.("#id_body, #id_short_answer")) return;
    const html = given.getData("text/html");
    say(field, []);
    if (!html || html.length > LARGEST || given.types.includes("vscode-editor-data")) return;
    const pasted = converted(html, field);
    if (pasted.markdown && isRich(pasted, given.getData("text/plain"))) {
      event.preventDefault();
      type(field, fitted(pasted, field));
      say(field, sentences(pasted));
    } else if (pasted.markdown === "" && pasted.left.picture) {
      say(field, ["Nothing was pasted: a text here holds no pictures."]);
    }
  });
}
