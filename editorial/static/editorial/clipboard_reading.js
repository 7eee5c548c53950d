// The second step from a clipboard's HTML to Markdown: walks what clipboard_tidying.js
// left of it and makes a list of blocks, paragraphs, headings, quotes, items and tables,
// each a text with the style of every character. Without it a paste is plain text.
"use strict";

{
  const PLAIN = { em: false, strong: false, href: "", raised: "", lines: false };
  // Soft hyphens, direction marks and signs of no width, which a text here may not hold.
  const UNSEEN =
    /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202c\u2060-\u2064\u2066-\u2069\ufeff]/g;

  class Reader {
    blocks = [];
    place = { kind: "paragraph" };
    listed = 0; // how deep in lists
    text = "";
    styles = [];

    add(words, style) {
      this.text += words;
      for (let i = 0; i < words.length; i += 1) this.styles.push(style);
    }

    // Ends a block. What follows in the same item is a paragraph of that item.
    flush() {
      if (this.text.trim()) {
        const { place, text, styles } = this;
        const kind = place.kind === "item" && place.used ? "more" : place.kind;
        place.used = true;
        this.blocks.push({ ...place, kind, text, styles });
      }
      this.text = "";
      this.styles = [];
    }

    inside(place, read) {
      const outer = this.place;
      this.flush();
      this.place = place;
      read();
      this.flush();
      this.place = outer;
    }

    children(node, style) {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) this.words(child.data, style);
        else if (child.nodeType === Node.ELEMENT_NODE) this.element(child, style);
      }
    }

    words(data, style) {
      const end = style.lines ? /\r\n|[\n\r\u2028\u2029]/ : /[\u2028\u2029]/;
      data.split(end).forEach((line, number) => {
        if (number) this.newLine();
        this.add(line.replace(UNSEEN, ""), style);
      });
    }

    newLine() {
      if (this.place.kind === "heading") this.add(" ", PLAIN);
      else this.flush();
    }

    element(element, outer) {
      const { em, strong, raised, lines, block } = { ...outer, ...element.told };
      const href = element.getAttribute("href") || outer.href;
      const style = { em, strong, raised, lines, href };
      const tag = element.localName;
      if (tag === "br") this.newLine();
      else if (tag === "table") this.table(element, style);
      else if (tag === "ul" || tag === "ol") this.list(element, style);
      else if (block) this.block(element, style);
      else this.children(element, style);
    }

    block(element, style) {
      this.inside(this.placeOf(element), () => this.children(element, style));
    }

    placeOf(element) {
      const { heading, item, goesOn } = element.told;
      const last = this.blocks.at(-1);
      if (this.place.kind !== "paragraph") return this.place;
      if (heading) return { kind: "heading", level: heading };
      if (item) return { ...item };
      if (goesOn && last?.depth) return { ...last, kind: "item", used: true };
      return element.localName === "blockquote" ? { kind: "quote" } : this.place;
    }

    // A browser nests a list in an item, Google Docs in a list; Word for the web nests
    // none, and writes the depth at each item.
    list(list, style) {
      const listed = this.listed;
      const items = [];
      this.flush();
      this.listed = Math.max(listed, this.place.depth || 0) + 1;
      for (const child of list.children) {
        if (child.localName === "li") items.push(this.item(list, child, style, items.at(-1)));
        else this.inside({ kind: "paragraph" }, () => this.element(child, style));
      }
      this.listed = listed;
    }

    item(list, li, outer, last) {
      const shape = li.told.shape || list.told.shape;
      const next = last ? last.number + Number(last.used) : Number(list.getAttribute("start") || 1);
      const number = Number(li.getAttribute("value")) || next;
      const place = {
        kind: "item",
        depth: Number(li.getAttribute("data-aria-level")) || this.listed,
        ordered: list.localName === "ol",
        lettered: /^[ai]$|(?:lower|upper)-/i.test(shape),
        number,
        label: `${number}.`,
        used: false,
      };
      const { em, strong } = { ...outer, ...li.told };
      this.inside(place, () => this.children(li, { ...outer, em, strong }));
      return place;
    }

    table(table, style) {
      const own = (row) => row.closest("table") === table;
      const rows = [...table.querySelectorAll("tr")].filter(own).map((row) => [...row.children]);
      for (const caption of table.querySelectorAll(":scope > caption"))
        this.block(caption, style);
      if (Math.max(0, ...rows.map((row) => row.length)) < 2) {
        // One column is a frame around a text.
        for (const cell of rows.flat()) this.inside(this.place, () => this.children(cell, style));
        return;
      }
      this.flush();
      this.blocks.push({ ...this.place, kind: "table", rows: this.grid(rows, style) });
    }

    // An empty cell stands where a merged cell covers another: nothing is said twice.
    grid(rows, style) {
      const grid = rows.map(() => []);
      rows.forEach((row, y) => {
        let x = 0;
        for (const cell of row) {
          while (grid[y][x]) x += 1;
          const wide = Math.min(cell.colSpan || 1, 50);
          const high = Math.min(cell.rowSpan || 1, rows.length - y);
          for (let i = 0; i < wide * high; i += 1)
            grid[y + Math.floor(i / wide)][x + (i % wide)] = [];
          grid[y][x] = read(cell, style);
        }
      });
      return grid;
    }
  }

  function read(node, style) {
    const reader = new Reader();
    reader.element(node, style);
    reader.flush();
    return reader.blocks;
  }

  document.addEventListener("clipboard-html", ({ detail }) => {
    detail.page.body.told = {};
    detail.blocks = read(detail.page.body, PLAIN);
  });
}
