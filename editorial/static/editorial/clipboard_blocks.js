// The last step from a clipboard's HTML to Markdown: puts the lines that
// clipboard_lines.js writes under the marks of headings, lists, quotes and tables, as far
// as a text here may have them. Without it a paste is plain text.
"use strict";

{
  const DEEPEST = 4; // lists, one in another
  const QUOTABLE = /^["'“‘«„*_([@]*\p{L}/u;
  const LINES = /^(?=[^|]*\|)[ \t]*\|?[ \t]*:?-[-:| \t]*$/;

  // Keeps the start of a line from being read as a mark. After a list any number counts.
  function guarded(line, afterList) {
    if (LINES.test(line)) return line.replace("-", "\\-");
    if (/^(?:#{1,6}|[-*])(?=\s|$)/.test(line)) return `\\${line}`;
    if (line.startsWith("> ") && QUOTABLE.test(line.slice(2))) return `\\${line}`;
    const number = /^\d{1,9}(?=\.(?:\s|$))/.exec(line)?.[0];
    if (!number || (number !== "1" && !afterList)) return line;
    return `${number}\\${line.slice(number.length)}`;
  }

  // The places in a list that "c." or "iv." may name.
  function places(label) {
    const letters = label.toLowerCase().replace(/[^a-z]/g, "");
    const values = [...letters].map((letter) => ({ i: 1, v: 5, x: 10, l: 50 })[letter]);
    const roman = values.reduce(
      (sum, value, at) => sum + (value < values[at + 1] ? -value : value),
      0,
    );
    return [letters.length === 1 ? letters.charCodeAt(0) - 96 : 0, roman];
  }

  class Page {
    written = "";
    last = "";
    lists = [];

    constructor(detail) {
      this.detail = detail;
    }

    put(text, kind, between = "\n\n") {
      if (!text) return;
      this.written += (this.written && between) + text;
      this.last = kind;
    }

    paragraph(block) {
      const afterList = this.written ? /^(?:item|more)$/.test(this.last) : this.detail.afterList;
      const isInline = this.detail.blocks.length === 1 && !this.detail.opensLine;
      const words = this.detail.write(block);
      this.lists = [];
      this.put(isInline ? words : guarded(words, afterList), "paragraph");
    }

    heading(block) {
      const words = this.detail.write(block, { head: true });
      this.lists = [];
      this.put(`${"#".repeat(block.level)} ${words.replace(/(^|\s)(#+)$/, "$1\\$2")}`, "heading");
      this.detail.count("heading");
    }

    quote(block) {
      const words = this.detail.write(block);
      if (!QUOTABLE.test(words)) return this.paragraph(block);
      this.lists = [];
      if (this.last !== "quote") this.detail.count("quotation");
      return this.put(`> ${words}`, "quote", this.last === "quote" ? "\n>\n" : "\n\n");
    }

    item(block) {
      const depth = Math.min(block.depth, this.lists.length + 1, DEEPEST);
      const before = this.lists[depth - 1];
      const list = before?.ordered === block.ordered ? before : { ordered: block.ordered, count: 0 };
      const words = this.detail.write(block);
      this.lists.length = depth - 1;
      if (block.ordered && !this.counts(block, list.count + 1))
        return this.more({ depth: depth - 1 }, `${block.label} ${words}`);
      list.count += 1;
      if (list.count === 1 && depth === 1) this.detail.count("list");
      const sign = list.ordered ? `${list.count}. ` : "- ";
      const tight = this.last === "item" && !(before && before !== list);
      const between = tight ? "\n" : "\n\n";
      const line = LINES.test(sign + words) ? `${sign}\\${words}` : sign + words;
      this.put(this.indent() + line, "item", between);
      this.lists.push({ ...list, wide: sign.length });
      return undefined;
    }

    // A list that goes on at 5, or starts again at 1, would be counted otherwise by the
    // page: its items come in as paragraphs under the numbers that they had.
    counts(block, expected) {
      return block.lettered && /[a-z]/i.test(block.label)
        ? places(block.label).includes(expected)
        : block.number === expected;
    }

    more(block, words = this.detail.write(block)) {
      this.lists.length = Math.min(block.depth, this.lists.length);
      this.put(this.indent() + guarded(words, true), this.lists.length ? "more" : "paragraph");
    }

    indent() {
      return " ".repeat(this.lists.reduce((wide, list) => wide + list.wide, 0));
    }

    table(block) {
      const rows = block.rows.map((row, y) => Array.from(row, (cell) => this.cell(cell || [], !y)));
      const filled = rows.filter((row) => row.some(Boolean));
      const wide = Math.max(0, ...filled.map((row) => row.length));
      if (block.depth || this.detail.emphasisOnly || wide < 2) {
        for (const row of filled) this.more({ depth: block.depth || 0 }, row.filter(Boolean).join("; "));
        return;
      }
      this.lists = [];
      const lines = filled.map((row) => `| ${Array.from({ length: wide }, (_, x) => row[x] || "").join(" | ")} |`);
      lines.splice(1, 0, `|${" --- |".repeat(wide)}`);
      this.put(lines.join("\n"), "table");
      this.detail.count("table");
    }

    // A cell is one line: what stood on lines of its own is set apart.
    cell(blocks, head) {
      return blocks.reduce((line, block) => {
        const words =
          block.kind === "table"
            ? block.rows.flat().map((cell) => this.cell(cell || [], head)).filter(Boolean).join("; ")
            : (block.ordered && block.kind === "item" ? `${block.label} ` : "") +
              this.detail.write(block, { head, cell: !this.detail.emphasisOnly });
        if (!line || !words) return line + words;
        return line + (head || /[.,;:!?(–-]$/.test(line) || /^[([]/.test(words) ? " " : "; ") + words;
      }, "");
    }

    plain(block) {
      if (block.kind === "table") return this.table(block);
      if (block.kind !== "paragraph") this.detail.count("flattened");
      const label = block.kind === "item" && block.ordered ? `${block.label} ` : "";
      const words = this.detail.write(block, { head: block.kind === "heading" });
      return this.put(guarded(label + words, true), "paragraph");
    }
  }

  document.addEventListener("clipboard-html", ({ detail }) => {
    const page = new Page(detail);
    for (const block of detail.blocks) {
      if (detail.emphasisOnly) page.plain(block);
      else page[block.kind](block);
    }
    detail.markdown = page.written;
  });
}
