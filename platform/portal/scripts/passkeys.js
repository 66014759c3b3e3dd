// Passkeys: asks the browser for a key, or for its signature, and sends the answer in
// the form. Without this file the page says what to do instead.
const fromText = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) =>
    sign.charCodeAt(0),
  );
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const withBytes = (list = []) =>
  list.map((each) => ({ ...each, id: fromText(each.id) }));

/** Turn the server's options into what the browser takes. */
function readOptions({ publicKey }) {
  const options = { ...publicKey, challenge: fromText(publicKey.challenge) };
  if (options.user) {
    options.user = { ...options.user, id: fromText(options.user.id) };
    options.excludeCredentials = withBytes(options.excludeCredentials);
  } else {
    options.allowCredentials = withBytes(options.allowCredentials);
  }
  return options;
}

/** Turn the browser's answer into text. */
function writeAnswer(credential) {
  const response = {};
  for (const name of [
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "userHandle",
  ]) {
    if (credential.response[name]) {
      response[name] = toText(credential.response[name]);
    }
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function optionsOf(form) {
  const kept = document.getElementById("passkey-options");
  if (kept) return JSON.parse(kept.textContent).request_options
    ?? JSON.parse(kept.textContent).creation_options;
  const answer = await fetch(form.action, {
    headers: { Accept: "application/json" },
  });
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  return (await answer.json()).request_options;
}

async function ask(form) {
  const publicKey = readOptions(await optionsOf(form));
  if (!publicKey.user) return navigator.credentials.get({ publicKey });
  const alone = form.elements.passwordless?.checked;
  publicKey.authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: Boolean(alone),
    userVerification: alone ? "required" : "preferred",
  };
  return navigator.credentials.create({ publicKey });
}

for (const form of document.querySelectorAll("form[data-preau-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  const part = (name) => form.querySelector(`[data-passkey-${name}]`);
  part("without").hidden = true;
  part("with").hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    part("refused").hidden = true;
    try {
      form.elements.credential.value = writeAnswer(await ask(form));
      form.submit();
    } catch {
      part("refused").hidden = false;
      part("refused").focus();
    }
  });
}
