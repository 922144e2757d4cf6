// Proposes names of the register for the letters that somebody types into a search field, once they pause.
const PAUSE = 150; // milliseconds
const MIN_LETTERS = 2;

for (const field of document.querySelectorAll("input[data-names]")) {
  let waiting, asked;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    asked?.abort();
    const typed = field.value.trim();
    if (typed.length < MIN_LETTERS) {
      field.list.replaceChildren();
      return;
    }
    asked = new AbortController();
    waiting = setTimeout(propose, PAUSE, field, typed, asked.signal);
  });
}

async function propose(field, typed, signal) {
  const address = `${field.dataset.names}?${new URLSearchParams({ q: typed })}`;
  const response = await fetch(address, { signal }).catch(() => null);
  const answer = response?.ok ? await response.json().catch(() => null) : null;
  if (answer && !signal.aborted) {
    field.list.replaceChildren(...answer.names.map(([name, others]) => new Option(others, name)));
  }
}
