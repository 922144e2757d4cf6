// Asks whoever leaves a form with something half written in it; what is being sent is not left.
const form = document.querySelector("#content-main > form[id$='_form']");
const UNSAVED = ".errornote, [data-unsaved]"; // the page shows again what was typed and not stored

function stateOf(form) {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  return JSON.stringify([...data], (key, value) => (value instanceof File ? `${value.name} ${value.size}` : value));
}

function watch(form) {
  const opened = stateOf(form);
  const isUnsaved = Boolean(form.querySelector(UNSAVED));
  let isTouched = false;
  let isSent = false;
  const touch = () => {
    isTouched = true;
  };
  // an editor of prose, or a box that stands for a relation, may tidy what it holds before anybody touches it
  for (const kind of ["input", "change", "keydown", "pointerdown", "paste", "drop"]) {
    form.addEventListener(kind, touch, true);
  }
  form.addEventListener("submit", (event) => {
    isSent = !event.defaultPrevented;
  });
  addEventListener("pageshow", () => {
    isSent = false; // the page came back with the Back button
  });
  addEventListener("beforeunload", (event) => {
    if (!isSent && (isUnsaved || (isTouched && stateOf(form) !== opened))) {
      event.preventDefault();
    }
  });
}

if (form) {
  addEventListener("load", () => setTimeout(() => watch(form)));
}
