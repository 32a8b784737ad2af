// A form with data-question lets the browser's authenticator answer before it is sent. Without one the form stays hidden.
const can = window.PublicKeyCredential?.parseRequestOptionsFromJSON && window.PublicKeyCredential?.parseCreationOptionsFromJSON;

async function answer(form) {
  const asked = await fetch(form.dataset.question, { method: "POST", headers: { "form-token": form.elements["form-token"]?.value ?? "" } });
  if (!asked.ok) throw new Error("question");
  const { options, state } = await asked.json();
  const credential = form.dataset.kind === "create"
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  form.elements.passkey.value = JSON.stringify(credential);
  form.elements.zustand.value = state;
}

for (const form of can ? document.querySelectorAll("form[data-question]") : []) {
  form.hidden = false;
  form.closest("[data-needs-passkey]")?.removeAttribute("hidden");
  const said = form.querySelector("[role=status]");
  form.addEventListener("submit", async event => {
    if (form.elements.passkey.value) return;
    event.preventDefault();
    said.textContent = "";
    try {
      await answer(form);
      form.requestSubmit();
    } catch {
      // Whatever it was, the person called it off or the device could not: the other way is still there.
      said.textContent = form.dataset.failed;
    }
  });
}
