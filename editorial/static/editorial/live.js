// Shows a text as readers will see it while it is typed: preview, words, faults, signs
// that look like others, findings, cited sources. Without it, the button "Preview" asks
// the server for the same and reloads.
{
  const form = document.getElementById("writing");
  const frame = document.querySelector("iframe.preview");
  const says = document.querySelector("[data-live-says]");
  const PAUSE = 500; // milliseconds without a key before the text is sent
  const AGAIN = 20_000; // milliseconds until a preview that stood still is tried again
  const FOLLOWS = "Follows what you type. A preview saves nothing.";
  const STOOD = "The preview stands still: ";
  let page = frame?.srcdoc; // the newest good preview
  let timer = 0;
  let busy = false;
  let waiting = false;
  let stood = false; // it stands still, and the reason is said

  function say(words) {
    if (says.textContent !== words) says.textContent = words;
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  }

  // One request at a time: what is typed meanwhile is sent after it, once.
  async function send() {
    clearTimeout(timer);
    if (busy) {
      waiting = true;
      return;
    }
    busy = true;
    waiting = false;
    try {
      show(await ask());
    } catch (fault) {
      stood = true;
      say(STOOD + fault.message);
      later(AGAIN);
    }
    busy = false;
    if (waiting) send();
  }

  async function ask() {
    let answer;
    try {
      answer = await fetch(form.dataset.live, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        redirect: "manual",
      });
    } catch {
      throw new Error("the desk cannot be reached. It is tried again by itself.");
    }
    const json = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (answer.ok && json) return answer.json();
    // Any other page is the login, or leads to it.
    if (answer.ok || answer.type === "opaqueredirect" || answer.status === 401)
      throw new Error("you have been logged out. What you typed is still on this page.");
    if (answer.status === 403)
      throw new Error(
        "the desk refused the text. Your login or your role has changed since you " +
          "opened this page; what you typed is still on it.",
      );
    if (answer.status === 400 || answer.status === 413)
      throw new Error("the text is too long to be shown. Shorten it.");
    throw new Error(`the desk answered with an error (${answer.status}).`);
  }

  function show(now) {
    const faulty = Object.keys(now.faults).length > 0;
    for (const slot of document.querySelectorAll("[data-told]"))
      slot.textContent = now.told[slot.dataset.told];
    for (const slot of document.querySelectorAll("[data-fault]"))
      mark(slot, now.faults[slot.dataset.fault] ?? "");
    for (const slot of document.querySelectorAll("[data-odd]")) {
      const odd = now.odd[slot.dataset.odd] ?? "";
      if (slot.textContent !== odd) slot.textContent = odd;
    }
    const cited = document.querySelector("[data-cited]");
    if (cited) cited.innerHTML = now.cited;
    const found = document.querySelector("[data-found-told]");
    if (found && found.textContent !== now.found) found.textContent = now.found;
    const findings = document.querySelector("[data-findings]");
    if (findings) findings.innerHTML = now.findings;
    if (!faulty) print(now.preview);
    stood = faulty || Boolean(now.standing);
    if (now.standing) say(now.standing);
    else say(faulty ? `${STOOD}mend what is marked beside the text.` : FOLLOWS);
  }

  function mark(slot, fault) {
    const field = form.elements[slot.dataset.fault];
    // What the server said of the text as it was sent holds no longer.
    document.getElementById(`${field.id}_error`)?.remove();
    if (slot.textContent !== fault) slot.textContent = fault;
    if (fault) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  // The body alone is renewed, so that the frame keeps its place and does not flash.
  function print(newest) {
    page = newest;
    const shown = frame.contentDocument;
    if (!shown?.querySelector("main")) return;
    const fresh = new DOMParser().parseFromString(page, "text/html");
    shown.body.replaceChildren(...fresh.body.childNodes);
  }

  // A link that was followed leads to nothing in a frame: the page comes back.
  function bringBack() {
    if (!frame.contentDocument?.querySelector("main")) frame.srcdoc = page;
  }

  if (form && frame && says) {
    say(FOLLOWS);
    frame.addEventListener("load", bringBack);
    form.addEventListener("input", (event) => {
      if (event.target.matches("textarea, select, [name=drafting_note]")) later(PAUSE);
    });
    window.addEventListener("online", () => stood && send());
    window.addEventListener("focus", () => stood && send());
    // What a browser put back into the fields stands nowhere else.
    window.addEventListener("pageshow", () => {
      const texts = [...form.querySelectorAll("textarea.text")];
      if (texts.some((text) => text.value !== text.defaultValue)) send();
    });
    document.addEventListener("click", (event) => {
      if (!event.target.closest("button[name=preview]")) return;
      event.preventDefault();
      send();
      location.hash = "#preview";
      document.getElementById("preview").focus();
    });
  }
}
