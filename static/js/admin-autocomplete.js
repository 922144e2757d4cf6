// Gives the boxes that stand for relations the names of their fields; the library that makes them leaves them nameless.
function name(select) {
  const box = select.parentElement.querySelector(":scope > .select2 .select2-selection");
  const shown = box?.querySelector(".select2-selection__rendered");
  if (!shown) {
    return;
  }
  const label = select.labels[0] ?? select;
  label.id ||= `${select.id}_label`;
  box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
  shown.setAttribute("aria-labelledby", label.id);
  const description = select.getAttribute("aria-describedby");
  if (description) {
    box.setAttribute("aria-describedby", description);
  }
}

function nameAll(container) {
  for (const select of container.querySelectorAll("select.admin-autocomplete")) {
    name(select);
  }
}

django.jQuery(() => nameAll(document)); // its turn comes after the one in which the library makes the boxes
document.addEventListener("formset:added", (event) => setTimeout(() => nameAll(event.target)));
