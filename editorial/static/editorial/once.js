// Lets a form that acts be sent once: its button says so until the next page comes.
// Without it the server answers a second press as it answered the first.
(() => {
  const PATIENCE = 10000; // ms; a send that was stopped must not lock its form for ever
  const sending = new Map();

  function release(form) {
    const button = sending.get(form);
    sending.delete(form);
    if (!button) return;
    button.removeAttribute("aria-disabled");
    button.textContent = button.dataset.says;
  }

  // At the window, after every listener of the page that may have sent it by itself.
  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (sending.has(form)) {
      event.preventDefault();
      return;
    }
    const pressed = event.submitter;
    const plain = pressed instanceof HTMLButtonElement && !pressed.children.length;
    const button = plain && !pressed.matches(".visually-hidden") ? pressed : null;
    sending.set(form, button);
    if (button) {
      button.dataset.says = button.textContent;
      button.setAttribute("aria-disabled", "true");
      button.textContent = "Sending…";
    }
    setTimeout(() => release(form), PATIENCE);
  });

  addEventListener("pageshow", () => [...sending.keys()].forEach(release));
})();
