// Keeps what was typed at the desk and not saved yet in this browser, for the person who
// typed it, and offers it again. Nothing of it leaves the machine. Without it the server
// still hands back what was sent, and nothing but what was never sent can be lost.
//
// A form says with `data-keep` what it is about; `data-unsaved` says that what it shows
// was sent and not saved. Each opening of a form keeps its own entry, so that two tabs
// never destroy each other's words. An entry is dropped when the page that follows its
// sending brings news of success, and never because of silence.
(() => {
  const PREFIX = "countersign kept ";
  const SENT = "countersign sent";
  const LONGEST = 30 * 24 * 60 * 60 * 1000; // ms, until an entry is thrown away
  const WAIT = 300; // ms after the last key
  const SECRET = /^(password|hidden|search|file|submit|button|reset|image)$/;
  const person = document.currentScript.dataset.person;
  const opened = `${Date.now()}-${Math.random().toString(36).slice(2)}`;

  // The browser's store, which may be shut, full or written to by somebody else.

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function write(key, entry) {
    try {
      localStorage.setItem(key, JSON.stringify(entry));
      return true;
    } catch {
      return false;
    }
  }

  function drop(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept in a store that is shut.
    }
  }

  function entries(beginning) {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(beginning))
        .map((key) => ({ key, ...read(key) }))
        .filter((entry) => entry.at && entry.fields)
        .sort((one, other) => other.at - one.at);
    } catch {
      return [];
    }
  }

  function sent(list) {
    try {
      if (!list) return JSON.parse(sessionStorage.getItem(SENT)) || [];
      sessionStorage.setItem(SENT, JSON.stringify(list));
    } catch {
      // Then what was sent is offered again, and thrown away by hand.
    }
    return list || [];
  }

  // What a form holds.

  function controls(form) {
    return [...form.elements].filter(
      (one) =>
        one.name && !SECRET.test(one.type) && one.autocomplete !== "one-time-code",
    );
  }

  function held(form, value) {
    const fields = new Map();
    for (const one of controls(form)) {
      if (!fields.has(one.name)) fields.set(one.name, []);
      fields.get(one.name).push(...value(one));
    }
    return Object.fromEntries([...fields].sort());
  }

  const now = (form) =>
    held(form, (one) => {
      if (one.type === "checkbox" || one.type === "radio") return one.checked ? [one.value] : [];
      if (one.options) return [...one.selectedOptions].map((option) => option.value);
      return [one.value];
    });

  const asSent = (form) =>
    held(form, (one) => {
      if (one.type === "checkbox" || one.type === "radio")
        return one.defaultChecked ? [one.value] : [];
      if (!one.options) return [one.defaultValue];
      const chosen = [...one.options].filter((option) => option.defaultSelected);
      return (chosen.length || one.multiple ? chosen : [...one.options].slice(0, 1)).map(
        (option) => option.value,
      );
    });

  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  // A part of a form that comes and goes, such as a box to add a source, may be away.
  function stands(form, fields) {
    const shown = now(form);
    return Object.entries(fields).every(([name, values]) =>
      shown[name] ? same(values, shown[name]) : !values.join("").trim(),
    );
  }

  // The revision that the words were typed against: the conflict is the server's to find.
  const base = (form) => form.elements.against || form.elements.revision;
  const seen = (form) => (base(form) || form.elements.content_sha256)?.value ?? "";

  function put(form, fields) {
    for (const one of controls(form)) {
      const values = fields[one.name];
      if (!values) continue;
      if (one.type === "checkbox" || one.type === "radio") one.checked = values.includes(one.value);
      else if (one.options)
        for (const option of one.options) option.selected = values.includes(option.value);
      else one.value = values[0] ?? "";
      one.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  const clock = (at) =>
    new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const day = (at) =>
    new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "long" });

  // One form, watched.

  function watch(form) {
    const mine = `${PREFIX}${person} ${form.dataset.keep} `;
    const key = mine + opened;
    const standing = form.querySelector("[data-standing]") || ownStanding(form);
    const said = standing.textContent;
    let since = 0;
    let timer = 0;

    function typed() {
      return "unsaved" in form.dataset ? hasWords(form) : !same(now(form), asSent(form));
    }

    function keep() {
      clearTimeout(timer);
      if (!typed()) {
        if (since) drop(key);
        since = 0;
        tell(said);
        return;
      }
      since ||= Date.now();
      const entry = { at: Date.now(), seen: seen(form), fields: now(form) };
      tell(
        write(key, entry)
          ? `Not saved yet; kept in this browser since ${clock(since)}`
          : "Not saved yet, and this browser cannot keep it: save before you leave",
      );
    }

    function tell(words) {
      if (standing.textContent !== words) standing.textContent = words;
    }

    function later() {
      clearTimeout(timer);
      timer = setTimeout(keep, WAIT);
    }

    form.addEventListener("input", later);
    form.addEventListener("change", later);
    addEventListener("pagehide", () => (since || typed()) && keep());
    document.addEventListener("visibilitychange", () => (since || typed()) && keep());
    // A browser that brings the page back may have filled it in by itself.
    addEventListener("pageshow", () => typed() && keep());
    addEventListener("submit", (event) => {
      if (event.target !== form || event.defaultPrevented) return;
      keep();
      if (since) sent([...sent(), key]);
    });
    if (typed()) keep();
    offer(form, mine, key, keep);
  }

  function hasWords(form) {
    return controls(form).some(
      (one) => /^(text|textarea|email|url)$/.test(one.type) && one.value.trim(),
    );
  }

  function ownStanding(form) {
    const standing = element("p", "", { className: "why", role: "status" });
    standing.dataset.standing = "";
    const main = form.querySelector("button[type=submit]:not(.plain, .visually-hidden)");
    const row = main?.closest(".row");
    if (row) row.after(standing);
    else form.append(standing);
    return standing;
  }

  // What was kept before, offered above the form.

  function offer(form, mine, key, keep) {
    const isForm = form instanceof HTMLFormElement;
    const kept = entries(mine).filter((entry) => {
      if (entry.key === key) return false;
      if (!isForm || !stands(form, entry.fields)) return true;
      // It stands on the form: as saved, or as this form's own entry.
      if (!("unsaved" in form.dataset) || read(key)) drop(entry.key);
      return false;
    });
    if (!kept.length) return;
    const panel = element("section", "", { className: "panel kept-here" });
    panel.setAttribute("aria-label", "Not saved");
    form.before(panel);
    for (const entry of kept) panel.append(one(entry));

    function one(entry) {
      const item = element("div");
      const words = element("p", "", { role: "status" });
      const buttons = element("div", "", { className: "row" });
      if (isForm) buttons.append(button("Put it back", () => back(entry, item)));
      buttons.append(button("Throw it away", () => away(entry, item), "plain"));
      item.append(words, look(form, entry), buttons);
      // A live region speaks of what comes into it, not of what it came with.
      setTimeout(() => (words.textContent = told(form, isForm, entry)));
      return item;
    }

    function back(entry, item) {
      keep();
      // What stands on the form now is not lost for what comes back.
      const typed = read(key);
      const aside = { ...typed, key: `${key}-${panel.children.length}-${Date.now()}` };
      if (typed && !write(aside.key, aside)) {
        item.firstChild.textContent =
          "This browser has no room for both: save what stands on the form first.";
        return;
      }
      put(form, entry.fields);
      if (base(form) && entry.seen) base(form).value = entry.seen;
      keep();
      if (typed) panel.append(one(aside));
      if (read(key)) drop(entry.key);
      done(item, "Put back. It is not saved yet.");
    }

    function away(entry, item) {
      drop(entry.key);
      done(item, "Thrown away.");
    }

    function done(item, words) {
      item.replaceChildren(element("p", "", { role: "status", tabIndex: -1 }));
      item.firstChild.textContent = words;
      item.firstChild.focus();
    }
  }

  function told(form, isForm, entry) {
    const when = `You typed here on ${day(entry.at)} at ${clock(entry.at)} and did not save it.`;
    if (!isForm) return `${when} The text takes no change now: copy what you need.`;
    if (!entry.seen || entry.seen === seen(form)) return when;
    if (!base(form)) return `${when} The text has changed since: read it again before you sign.`;
    return (
      `${when} Something was saved here since. Nothing of either is lost: put yours back ` +
      "and send it, and you are shown what changed."
    );
  }

  function look(form, entry) {
    const shown = form instanceof HTMLFormElement ? now(form) : {};
    const box = element("details");
    box.append(element("summary", "Look at it"));
    for (const [name, values] of Object.entries(entry.fields)) {
      if (!values.join("").trim() || same(values, shown[name])) continue;
      box.append(element("h3", label(form, name)), element("p", values.join(", "), { className: "words" }));
    }
    return box;
  }

  function label(form, name) {
    const one = form.elements?.[name];
    const words = (one?.labels ?? one?.[0]?.labels)?.[0]?.firstChild?.textContent.trim();
    return words || name.replaceAll("_", " ");
  }

  function element(tag, text = "", more = {}) {
    const made = Object.assign(document.createElement(tag), more);
    if (more.role) made.setAttribute("role", more.role);
    made.textContent = text;
    return made;
  }

  function button(text, act, className = "") {
    const made = element("button", text, { type: "button", className });
    made.addEventListener("click", act);
    return made;
  }

  // What the page before sent: dropped on news of success, else it stays. On a login page,
  // or one that hands back what was sent, it is still on its way. What a colleague sent
  // from this browser is theirs: no success of another person's says that it arrived.

  const onTheWay = document.querySelector("[data-on-the-way]");
  const unsaved = document.querySelector("form[data-unsaved]");
  const success = document.querySelector(
    ".messagelist .success, .messagelist .info, [data-kept-at-the-desk]",
  );
  const isMine = (key) => key.startsWith(`${PREFIX}${person} `);
  const waiting = onTheWay ? [] : sent().filter(isMine);
  if (!onTheWay) sent([]);
  if (success && !unsaved) waiting.forEach(drop);
  for (const entry of entries(PREFIX)) {
    if (Date.now() - entry.at > LONGEST) drop(entry.key);
  }
  for (const form of document.querySelectorAll("form[data-keep]")) watch(form);
  for (const place of document.querySelectorAll("div[data-keep]"))
    offer(place, `${PREFIX}${person} ${place.dataset.keep} `);
  // What a form shows again is that form's own entry from now on.
  const own = unsaved && read(`${PREFIX}${person} ${unsaved.dataset.keep} ${opened}`);
  for (const key of own ? waiting : [])
    if (stands(unsaved, read(key)?.fields ?? {})) drop(key);

  // After a log-out: what its person leaves in this browser, forgotten if they say so.

  function leave(place) {
    const theirs = () => entries(`${PREFIX}${place.dataset.leftHere} `);
    place.hidden = !theirs().length;
    place.querySelector("button").addEventListener("click", () => {
      for (const { key } of theirs()) drop(key);
      sent([]);
      const said = place.querySelector("[role=status]");
      said.textContent = theirs().length
        ? "This browser lets nothing be thrown away now: clear its data of this site yourself."
        : "Forgotten: nothing that you typed is kept in this browser.";
      said.focus();
      for (const one of [...place.children]) if (one !== said) one.remove();
    });
  }

  const left = document.querySelector("[data-left-here]");
  if (left) leave(left);
})();
