// Lets the browser make a passkey or use one: what it is asked stands in the page, what it answers goes with the form.
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function question(options) {
  const asked = structuredClone(options.publicKey);
  asked.challenge = toBytes(asked.challenge);
  if (asked.user) {
    asked.user.id = toBytes(asked.user.id);
  }
  for (const key of [...(asked.excludeCredentials ?? []), ...(asked.allowCredentials ?? [])]) {
    key.id = toBytes(key.id);
  }
  return { publicKey: asked };
}

function answer(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) {
      response[name] = toText(credential.response[name]);
    }
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function ask(part, form) {
  const options = JSON.parse(document.getElementById("passkey-options").textContent);
  const status = form.querySelector("[role=status]");
  status.textContent = "";
  try {
    const credential = await navigator.credentials[part.dataset.passkey](question(options));
    document.getElementById(part.dataset.field).value = JSON.stringify(answer(credential));
  } catch {
    status.textContent = part.dataset.failed;
    return;
  }
  HTMLFormElement.prototype.submit.call(form);
}

for (const part of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) {
    continue;
  }
  const form = part.closest("form");
  part.hidden = false;
  if (part === form) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(part, form);
    });
  } else {
    part.querySelector("button").addEventListener("click", () => ask(part, form));
  }
}
