// The first of three steps from a clipboard's HTML to Markdown: parses it apart from the
// page, leaves out what readers did not see, and notes at each element, as `told`, what
// Word, Google Docs, LibreOffice or a web page said of it in styles and classes of their
// own. Without it a paste is the browser's own: plain text.
"use strict";

{
  const UNREAD = new Set(
    `datalist head input link meta noscript option script select style template textarea
    title xml`.split(/\s+/),
  );
  const PICTURES = new Set(
    "audio canvas embed iframe img object picture svg v:shape video".split(" "),
  );
  const BLOCKS = new Set(
    `address article aside blockquote caption center dd details div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav p pre
    section summary td th`.split(/\s+/),
  );
  // Word stores letters and draws signs: "³ 5 mg" in its Symbol font was read as "≥ 5 mg".
  const SYMBOL = pairs(
    "AΑBΒGΓDΔEΕZΖHΗQΘIΙKΚLΛMΜNΝXΞOΟPΠRΡSΣTΤUΥFΦCΧYΨWΩaαbβgγdδeεzζhηqθiιkκlλmμnνxξoοpπrρ" +
      "sσtτuυfφcχyψwω\"∀$∃'∋\\∴^⊥-−@≅~∼\u00a3≤\u00a5∞\u00ab↔\u00ac←\u00ad↑\u00ae→\u00af↓" +
      "\u00b0°\u00b1±\u00b2″\u00b3≥\u00b4×\u00b5∝\u00b6∂\u00b7•\u00b8÷\u00b9≠\u00ba≡\u00bb≈" +
      "\u00bc…\u00c6∅\u00ce∈\u00d6√\u00e5∑",
  );
  const WINGDINGS = pairs("\u00e0→\u00e8→\u00df←\u00f3↔J☺L☹\u00fc✓\u00fb✗\u00d8➢\u00a7▪l●n■");

  function pairs(signs) {
    return new Map(signs.match(/../gu).map(([letter, sign]) => [letter, sign]));
  }

  // The desk allows no inline style or handler, and its policy binds what is parsed here
  // too: they are read, or not, as attributes of another name.
  function renamed(html) {
    const bare = html.replace(/<style\b[^]*?<\/style\s*>/gi, "");
    return bare.replace(/<[a-z][^<>]*>/gi, (tag) =>
      tag.replace(/(["'\s/])(style|on[a-z]+)(?=\s*=)/gi, "$1 data-$2"),
    );
  }

  function css(element, name) {
    const style = element.getAttribute("data-style");
    const found = style && new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`, "i").exec(style);
    return found ? found[1].trim().toLowerCase() : "";
  }

  function is(element, words) {
    return words.test(element.getAttribute("class") || "");
  }

  // What an element is that must not come in, in the status line's words; "" where a
  // reader did not see it either, null for all that comes in.
  function leftOut(element) {
    const tag = element.localName;
    if (UNREAD.has(tag) || css(element, "mso-element").startsWith("comment")) return "";
    if (css(element, "display") === "none" || css(element, "mso-hide") === "all") return "";
    if (element.hasAttribute("hidden")) return "";
    if (PICTURES.has(tag)) return "picture";
    if (tag === "math" || is(element, /(?:^|\s)(?:katex|MathJax)/)) return "formula";
    if (is(element, /\b(?:MsoCommentReference|msocomanchor)\b/)) return "comment";
    if (/^#cmnt/.test(element.getAttribute("href") || "")) return "comment";
    const struck = /^(?:del|s|strike)$/.test(tag) || is(element, /\bmsoDel\b/);
    const line = css(element, "text-decoration(?:-line)?");
    return struck || line.includes("line-through") ? "deleted passage" : null;
  }

  function emphasis(element, tag) {
    const told = {};
    if (tag === "b" || tag === "strong") told.strong = true;
    if (/^(?:cite|dfn|em|i|var)$/.test(tag)) told.em = true;
    if (tag === "sup" || tag === "sub") told.raised = tag;
    if (tag === "pre") told.lines = true;
    const weight = css(element, "font-weight");
    if (weight) told.strong = /^(?:bold|[6-9]\d\d|1000)/.test(weight);
    const slant = css(element, "font-style");
    if (slant) told.em = /^(?:italic|oblique)/.test(slant);
    const raised = css(element, "vertical-align");
    if (!told.raised && /^(?:super|sub)$/.test(raised))
      told.raised = raised === "super" ? "sup" : "sub";
    const blanks = css(element, "white-space(?:-collapse)?");
    if (blanks) told.lines = /^(?:pre|break-spaces)/.test(blanks);
    told.shape = element.getAttribute("type") || css(element, "list-style(?:-type)?");
    return told;
  }

  function heading(element, tag) {
    const level =
      /^h([1-6])$/.exec(tag)?.[1] ||
      (element.getAttribute("role") === "heading" && element.getAttribute("aria-level")) ||
      (is(element, /\bMsoTitle/) && 1) ||
      /\bMsoHeading(\d)/.exec(element.getAttribute("class"))?.[1] ||
      /^\d$/.exec(css(element, "mso-outline-level"))?.[0];
    return level ? { heading: Number(level) <= 2 ? 2 : 3 } : {};
  }

  // Word's items are paragraphs, with "·" or "3." or "c)" typed before their words.
  // Browsers that clean the HTML leave, as its only sign, the small blanks behind it.
  function item(element) {
    const list = /^(?!none|ignore)\S+(?:\s+level(\d))?/.exec(css(element, "mso-list"));
    if (!list && !is(element, /\bMsoListParagraph/)) return {};
    const spans = [...element.querySelectorAll("span[data-style]")];
    const small = spans.find(
      (span) =>
        !span.textContent.trim() && /font(-size)?:\s*7(\.0)?pt/.test(span.dataset.style),
    );
    const typed = spans.find((span) => css(span, "mso-list") === "ignore") || small?.parentElement;
    const label = typed?.textContent.replace(/\s+/g, " ").trim();
    if (!typed || typed === element || label.length > 12) return { goesOn: true };
    typed.remove();
    const number = /^\(?(?:\d+\.)*(\d{1,9})[.)]*$/.exec(label)?.[1];
    const lettered = /^\(?[a-z]{1,6}[.)]+$/i.test(label);
    const place = { kind: "item", depth: Number(list?.[1] || 1), label, lettered };
    return { item: { ...place, ordered: lettered || Boolean(number), number: Number(number) } };
  }

  function notes(element) {
    const tag = element.localName;
    const block = BLOCKS.has(tag) || css(element, "display") === "block";
    const title = block && tag !== "li" ? heading(element, tag) : {};
    const entry = block && !title.heading ? item(element) : {};
    return { block, ...emphasis(element, tag), ...title, ...entry };
  }

  function font(element) {
    const face = element.getAttribute("face") || "";
    return css(element, "mso-symbol-font-family") || css(element, "font-family") || face;
  }

  function unscramble(page, leave) {
    const texts = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      let element = texts.currentNode.parentElement;
      while (element && !font(element)) element = element.parentElement;
      const drawn = element && /^["']?(symbol|wingdings)\b/i.exec(font(element));
      if (!drawn) continue;
      const signs = drawn[1].toLowerCase() === "symbol" ? SYMBOL : WINGDINGS;
      texts.currentNode.data = texts.currentNode.data.replace(/\S/gu, (letter) => {
        const code = letter.charCodeAt(0);
        const key = (code & 0xff00) === 0xf000 ? String.fromCharCode(code & 0xff) : letter;
        const sign = signs.get(key) ?? (signs === SYMBOL && /[!-~]/.test(key) ? key : "");
        if (!sign) leave("symbol");
        return sign;
      });
    }
  }

  document.addEventListener("clipboard-html", ({ detail }) => {
    const page = new DOMParser().parseFromString(renamed(detail.html), "text/html");
    for (const element of page.body.querySelectorAll("*")) {
      const what = page.contains(element) ? leftOut(element) : null;
      if (what && (what === "picture" || element.textContent.trim())) detail.leave(what);
      if (what !== null) element.remove();
    }
    for (const element of page.body.querySelectorAll("*")) element.told = notes(element);
    if (/symbol|wingdings/i.test(detail.html)) unscramble(page, detail.leave);
    detail.page = page;
  });
}
