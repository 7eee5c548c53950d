// Asks the browser for a passkey and writes its answer into the form around the button.
// Without it no passkey can be used: the page says so and offers a code instead.
(() => {
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) =>
      one.charCodeAt(0),
    );
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  function asked({ publicKey }) {
    const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
    if (options.user) options.user = { ...options.user, id: bytes(options.user.id) };
    for (const list of ["allowCredentials", "excludeCredentials"])
      if (options[list]) options[list] = known(options[list]);
    return { publicKey: options };
  }

  function answer(credential) {
    const parts = {};
    for (const name of [
      "clientDataJSON",
      "attestationObject",
      "authenticatorData",
      "signature",
      "userHandle",
    ])
      if (credential.response[name]) parts[name] = text(credential.response[name]);
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response: parts,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  }

  async function use(place, button) {
    const said = place.querySelector("[role=status]");
    const field = place.querySelector("input[type=hidden]");
    said.textContent = "";
    try {
      const options = asked(JSON.parse(place.dataset.options));
      field.value = answer(await navigator.credentials[place.dataset.passkey](options));
    } catch {
      said.textContent =
        "The passkey did not answer, and nothing was sent. Press again, or use another way.";
      return;
    }
    if ("stays" in place.dataset) {
      said.textContent = "Your passkey has answered. Go on below.";
      return;
    }
    button.closest("form").requestSubmit();
  }

  for (const place of document.querySelectorAll("[data-passkey]")) {
    const button = place.querySelector("button");
    if (!window.PublicKeyCredential) {
      place.querySelector("[data-without-script]").textContent =
        "This browser knows no passkeys here. Use another way.";
      continue;
    }
    place.querySelector("[data-without-script]").hidden = true;
    button.hidden = false;
    button.addEventListener("click", () => use(place, button));
  }
})();
