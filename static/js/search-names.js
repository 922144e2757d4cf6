// Proposes names of the register while somebody types into a search field; they are fetched once, when it is entered.
for (const field of document.querySelectorAll("input[data-names]")) {
  field.addEventListener("focus", () => propose(field), { once: true });
}

async function propose(field) {
  const response = await fetch(field.dataset.names).catch(() => null);
  if (response?.ok) {
    const { names } = await response.json();
    field.list.replaceChildren(...names.map(([name, others]) => new Option(others, name)));
  }
}
