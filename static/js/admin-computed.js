// Tells what follows from a form while it is being written; the server computes it, and stores nothing.
const section = document.querySelector("[data-computed]");
const form = section?.closest("form");
const PAUSE = 600; // milliseconds without a key, until it is asked
let waiting;
let asked;

function sent() {
  const data = new FormData(form);
  data.delete("writer"); // whose sign-in has ended is asked to sign in by the page itself, not behind it
  for (const [name, value] of [...data]) {
    if (value instanceof File) {
      data.delete(name);
    }
  }
  return data;
}

async function tell() {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(section.dataset.computed, { method: "POST", body: sent(), signal: asked.signal });
    if (answer.ok && answer.headers.get("X-Computed")) {
      show(await answer.text());
    }
  } catch {
    // no answer, or a later question: what was told last stays
  }
}

function show(text) {
  const told = section.querySelector(".computed__told");
  const page = new DOMParser().parseFromString(text, "text/html");
  if (told.textContent.replace(/\s+/g, " ").trim() !== page.body.textContent.replace(/\s+/g, " ").trim()) {
    told.replaceChildren(...page.body.childNodes);
  }
}

function ask() {
  clearTimeout(waiting);
  waiting = setTimeout(tell, PAUSE);
}

if (section) {
  section.querySelector("button").hidden = true; // it is told without being asked
  form.addEventListener("input", ask);
  form.addEventListener("change", ask);
  document.addEventListener("formset:removed", ask);
  django.jQuery(form).on("change", ask); // a box that stands for a relation tells only the library that made it
}
