// The third step from a clipboard's HTML to Markdown: writes each block's characters, read
// by clipboard_reading.js, as a line of our Markdown, so that every letter, digit and sign
// stands in it and none is taken for a mark. Without it a paste is plain text.
"use strict";

{
  const RAISED = {
    sup: pairs("0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻=⁼nⁿ"),
    sub: pairs("0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋=₌"),
  };
  // What a reader reads alike on the line: 1st, a drug®, the [1] of a footnote.
  const LEVEL = /^(?:st|nd|rd|th|[®™©]|\[[^\]]*\])$/i;
  const KEY = String.raw`@[A-Za-z][A-Za-z0-9_.-]*(?::[^\s;\]]+)?`;
  const CITATION = new RegExp(
    String.raw`\[${KEY}(?:\s*;\s*${KEY})*\s*\](?![.,]?[\p{L}\p{N}_])`,
    "gu",
  );
  const ODD_LINK = /^\]\(\s*<?(?:[A-Za-z][A-Za-z0-9+.-]*:|www\.|\/\/)/;
  const ADDRESS =
    /^https:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:[/?#][!#-'*-;=?-Z_a-z~]*)?$/;
  const REDIRECT = /(?:^|\.)google\.[a-z.]+\/url$|\.safelinks\.protection\.outlook\.com\/$/;
  const FOLLOWING = /^(?:utm_\w+|fbclid|gclid|mc_eid)$/;
  const MARKS = { href: "", strong: "**", em: "*" };

  function pairs(signs) {
    return new Map(signs.match(/../gu).map(([letter, sign]) => [letter, sign]));
  }

  function parsed(href) {
    try {
      return new URL(href);
    } catch {
      return null;
    }
  }

  // The address as a text may have it; "" where a link comes in as words alone.
  function address(href) {
    let url = parsed(href);
    if (url && REDIRECT.test(url.host + url.pathname))
      url = parsed(url.searchParams.get("q") || url.searchParams.get("url"));
    if (!url) return "";
    const names = [...url.searchParams.keys()];
    for (const name of names.filter((name) => FOLLOWING.test(name))) url.searchParams.delete(name);
    const plain = url.href.replace(/[()[\]\\|{}^`"<>]/g, (sign) => {
      return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
    });
    return ADDRESS.test(plain) ? plain : "";
  }

  // 10 to the 6th must never become 106.
  function level(words, raised, count) {
    const inner = words.trim();
    if (!raised || !inner || LEVEL.test(inner)) return words;
    const signs = [...inner].map((letter) => RAISED[raised].get(letter));
    // "1-3" set high are two notes and those between, not 1 minus 3.
    if (signs.every(Boolean) && !/.-/.test(inner)) return words.replace(inner, () => signs.join(""));
    count("raised");
    return words.replace(inner, () => `${raised === "sup" ? "^" : "_"}(${inner})`);
  }

  // A block's characters, each with its style: raised digits written as such, and blanks
  // made one, but for the one that holds a number to its unit.
  function settled(block, count) {
    const { text, styles } = levelled(block, count);
    const line = { text: "", styles: [] };
    for (const { 0: part, index } of text.matchAll(/\s+|\S+/g)) {
      const end = index + part.length;
      if (blank(part[0]) && (!index || end === text.length)) continue;
      const holds = /^[\u00a0\u2009\u202f]$/.test(part) && /\d/.test(text[index - 1]);
      const kept = !blank(part[0]) || (holds && /[\p{L}\d%°]/u.test(text[end]));
      line.text += kept ? part : " ";
      for (let at = index; at < (kept ? end : index + 1); at += 1) line.styles.push(styles[at]);
    }
    return line;
  }

  function levelled({ text, styles }, count) {
    const line = { text: "", styles: [] };
    for (let at = 0; at < text.length; ) {
      const { raised } = styles[at];
      let end = at + 1;
      while (end < text.length && (raised ? styles[end].raised === raised : styles[end] === styles[at]))
        end += 1;
      const words = level(text.slice(at, end), raised, count);
      line.text += words;
      for (let i = 0; i < words.length; i += 1) line.styles.push(styles[at]);
      at = end;
    }
    return line;
  }

  const blank = (sign) => /^\s$/.test(sign);
  const punctuation = (sign) => /^[\p{P}!-/:-@[-`{-~]$/u.test(sign);
  const sign = (letter) => /^[\p{P}\p{S}]$/u.test(letter);

  // The marks of one line. `href`, then `strong`, then `em`: each encloses the next.
  // `around` are the signs that it will stand between.
  class Line {
    constructor(block, { plain, count, cell, around }) {
      Object.assign(this, settled(block, count), { count, cell, around });
      const styles = new Map();
      this.styles = this.styles.map((style) => {
        if (!styles.has(style)) styles.set(style, plain(style));
        return styles.get(style);
      });
      // A citation that was typed acts; one that a change of style would break does not.
      this.cited = [...this.text.matchAll(CITATION)]
        .map(({ 0: words, index }) => [index, index + words.length])
        .filter(([from, to]) => this.looks(from, to) === 1);
    }

    // How many looks the characters from one place to another have.
    looks(from, to) {
      const styles = this.styles.slice(Math.max(from, 0), to);
      return new Set(styles.map(({ em, strong, href }) => `${em} ${strong} ${href}`)).size;
    }

    write(from = 0, to = this.text.length, marks = Object.keys(MARKS)) {
      if (!marks.length) return this.escaped(from, to);
      const [mark, ...inner] = marks;
      let written = "";
      for (let at = from; at < to; ) {
        const value = this.styles[at][mark];
        let end = at + 1;
        while (end < to && this.styles[end][mark] === value) end += 1;
        written += value ? this.marked(mark, at, end, inner) : this.write(at, end, inner);
        at = end;
      }
      return written;
    }

    marked(mark, at, end, inner) {
      const words = this.text.slice(at, end);
      const from = at + words.length - words.trimStart().length;
      const to = end - words.length + words.trimEnd().length;
      const shown = from < to ? this.write(from, to, inner) : "";
      const acts = mark === "href" ? this.links(from, to) : this.acts(from, to);
      const sign = MARKS[mark];
      let written = acts ? `${sign}${shown}${sign}` : shown;
      if (acts && mark === "href") written = `[${shown}](${this.styles[from].href})`;
      if (acts) this.count(mark === "href" ? "link" : "emphasis");
      return from < to
        ? this.text.slice(at, from) + written + this.text.slice(to, end)
        : words;
    }

    links(from, to) {
      return from < to && this.text[from - 1] !== "!";
    }

    // Whether "*" here would open and close: not inside a word, nor beside a number.
    acts(from, to) {
      const words = this.text.slice(from, to);
      const [first, last] = [words[0], words.at(-1)];
      const [before, after] = [this.beside(from - 1, from), this.beside(to, to - 1)];
      if (!/[\p{L}\p{N}]/u.test(words) || this.closes(from)) return false;
      if (/[\ud800-\udfff]/.test(before + first + last + after)) return blank(before) && blank(after);
      if (/[\p{L}\p{N}_)\]}%]/u.test(before) && /[\p{L}\p{N}_({]/u.test(first)) return false;
      if (/[\p{L}\p{N}_)\]}%]/u.test(last) && /[\p{L}\p{N}_({]/u.test(after)) return false;
      if (/\d/.test(before + after)) return false;
      if (/\d/.test(first) && /\d\s$/.test(this.text.slice(0, from))) return false;
      const opens = !sign(first) || blank(before) || punctuation(before);
      return opens && (!sign(last) || blank(after) || punctuation(after));
    }

    // The sign that will stand at `at` in the Markdown, seen from `here`.
    beside(at, here) {
      const [there, style] = [this.styles[at], this.styles[here]];
      if (!there) return this.around[Number(at > here)] || " ";
      if (there.href === style.href || blank(this.text[at])) return this.text[at];
      if (at < here) return style.href ? "[" : ")";
      return style.href ? "]" : "[";
    }

    // Whether another mark closes just before this place: two would run together.
    closes(from) {
      const [before, here] = [this.styles[from - 1], this.styles[from]];
      if (!before || blank(this.text[from - 1]) || before.href !== here.href) return false;
      return (before.strong && !here.strong) || (before.em && !here.em);
    }

    escaped(from, to) {
      let written = "";
      for (let at = from; at < to; at += 1) {
        if (this.wouldAct(at)) written += "\\";
        written += this.text[at];
      }
      return written;
    }

    wouldAct(at) {
      const letter = this.text[at];
      const isLabel = Boolean(this.styles[at].href);
      if (!isLabel && this.cited.some(([from, to]) => from <= at && at < to)) return false;
      if (letter === "\\") return true;
      if (letter === "|") return this.cell;
      if (letter === "@") return isLabel && "[ ".includes(this.beside(at - 1, at));
      if (letter === "*" || letter === "_") return !this.inert(at);
      if (letter !== "[" && letter !== "]") return false;
      const rest = this.text.slice(at, at + 80);
      return isLabel || /^\[\s*@/.test(rest) || ODD_LINK.test(rest);
    }

    // 2*3*4 and snake_case stand as they are, and so does a lone star between blanks.
    inert(at) {
      let [from, to] = [at, at + 1];
      while (this.text[from - 1] === this.text[at]) from -= 1;
      while (this.text[to] === this.text[at]) to += 1;
      const [before, after] = [this.text[from - 1] || "", this.text[to] || ""];
      if (this.looks(from - 1, to + 1) > 1) return false;
      if (blank(before) && blank(after)) return true;
      if (this.text[at] === "_") return /[A-Za-z0-9]/.test(before) && /[A-Za-z0-9(]/.test(after);
      return /[A-Za-z0-9)\]}%]/.test(before) && /[A-Za-z0-9({]/.test(after);
    }
  }

  document.addEventListener("clipboard-html", ({ detail }) => {
    const addresses = new Map([["", ""]]);
    const linked = (href) => {
      if (!addresses.has(href)) {
        addresses.set(href, address(href));
        if (!addresses.get(href) && !href.startsWith("#")) detail.leave("link address");
      }
      return addresses.get(href);
    };
    // Writes a block's words; `head` where the page makes them bold anyway.
    detail.write = (block, { head = false, cell = false } = {}) => {
      const around = detail.blocks.length === 1 ? detail.around : [];
      const plain = ({ em, strong, raised, href }) => {
        // A note's mark that leads down its own page leads nowhere from here.
        const isMark = raised && href.includes("#");
        const words = detail.emphasisOnly || isMark;
        return { em, strong: strong && !head, href: words ? "" : linked(href) };
      };
      return new Line(block, { plain, cell, around, count: detail.count }).write();
    };
  });
}
