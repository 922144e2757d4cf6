// Says that a form is being worked on, and sends it only once. A file that is too large is named before it is sent.
function begin(form, event) {
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  const status = form.querySelector("[role=status]");
  if (status) {
    status.textContent = form.dataset.working;
  }
}

function rest(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  const status = form.querySelector("[role=status]");
  if (status) {
    status.textContent = "";
  }
}

for (const form of document.querySelectorAll("form[data-working]")) {
  form.addEventListener("submit", (event) => begin(form, event));
  addEventListener("pageshow", (event) => event.persisted && rest(form)); // the page came back with the Back button
}
