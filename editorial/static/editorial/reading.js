// Saves each tick of a review as it is made and tells what is left; leads from one
// passage to the next by key, while the focus is on one. Without it the ticks go with
// the form, and links lead on.
(() => {
  const form = document.getElementById("signing");
  const left = document.querySelector("[data-left]");
  const byHand = document.querySelector("[data-save-read]");
  const changes = [...document.querySelectorAll(".change[id^='change-']")];
  const STEPS = { n: 1, j: 1, p: -1, k: -1 };
  const ALL_READ = "You have ticked every passage.";
  const UNSAVED = "Not saved yet: the tick goes with your signature.";
  let last = Promise.resolve();

  // By key.

  const place = () => changes.indexOf(document.activeElement?.closest?.(".change"));

  function lead(event) {
    const step = STEPS[event.key];
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    const here = place();
    if (!step || !plain || here < 0) return;
    const next = changes[here + step];
    if (!next) return;
    event.preventDefault();
    stand(next);
  }

  // On its box, where it has one, so that the space bar ticks it.
  function stand(change) {
    const fold = change.closest("details:not([open])");
    if (fold) fold.open = true;
    (change.querySelector(".tick input") ?? change).focus({ preventScroll: true });
    change.scrollIntoView({ block: "nearest" });
  }

  // Ticks, one after the other, so that what is told last is what stands.

  async function save(box) {
    const said = new URLSearchParams({
      read: box.value,
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
    });
    let why = null;
    try {
      const answer = await fetch(form.dataset.read, {
        method: "POST",
        body: said,
        redirect: "manual",
      });
      if (answer.ok) why = (await answer.json()).why;
    } catch {
      // Told below.
    }
    if (why !== null) {
      done(box, why);
      return;
    }
    tell(UNSAVED);
    if (byHand) byHand.hidden = false;
  }

  function done(box, why) {
    const label = box.closest(".tick");
    const change = box.closest(".change");
    const stood = document.activeElement === box;
    const mark = document.createElement("span");
    mark.className = "state ok ticked";
    mark.textContent = "✓ Read";
    label.replaceWith(mark);
    if (stood) change.focus({ preventScroll: true });
    tell(why || ALL_READ);
    const reason = document.getElementById("why-sign_off");
    if (reason) reason.textContent = why || ALL_READ;
    if (why) return;
    form.querySelector("button[aria-disabled]")?.removeAttribute("aria-disabled");
    byHand?.remove();
    document.querySelector(".to-sign .button")?.classList.remove("plain");
  }

  function tell(words) {
    if (left && left.textContent !== words) left.textContent = words;
  }

  if (changes.length) {
    document.addEventListener("keydown", lead);
    for (const told of document.querySelectorAll("[data-by-key]")) told.hidden = false;
  }
  if (form?.dataset.read) {
    if (byHand) byHand.hidden = true;
    document.addEventListener("change", (event) => {
      const box = event.target;
      if (box.name !== "read" || !box.checked) return;
      last = last.then(() => save(box));
    });
  }
})();
