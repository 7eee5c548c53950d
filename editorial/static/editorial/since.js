// Tells who has the text of a review open that it has moved, and by whom. Asks every
// half minute, while the tab is seen. Without it a signature on a text that moved is
// refused, and the screen says what changed.
(() => {
  const EVERY = 30_000; // ms
  const place = document.querySelector("[data-since]");
  const said = place?.querySelector("[role=status]");
  const way = place?.querySelector("a");
  let asked = Date.now();
  let timer = 0;

  async function ask() {
    asked = Date.now();
    let answer;
    try {
      answer = await fetch(place.dataset.since, { redirect: "manual" });
    } catch {
      return; // The net is away: the next half minute may bring it back.
    }
    // Logged out, or a role was lost: the next page says so.
    if (!answer.ok) clearInterval(timer);
    else tell((await answer.json()).said);
  }

  function tell(words) {
    if (!words || said.textContent === words) return;
    said.textContent = words;
    place.classList.add("notice", "warn");
    way.hidden = false;
  }

  function look() {
    if (document.visibilityState === "visible" && Date.now() - asked >= EVERY) ask();
  }

  if (place) {
    timer = setInterval(look, EVERY);
    document.addEventListener("visibilitychange", look);
  }
})();
