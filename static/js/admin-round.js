// Single keys press the buttons of a verification round that show them; whoever types in a field types.
const form = document.querySelector("form[data-round]");
const WRITES = "input, textarea, select, [contenteditable]";

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest?.(WRITES)) {
    return;
  }
  const key = event.key.toLowerCase();
  const target = [...form.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
  if (target) {
    event.preventDefault();
    target.matches("textarea") ? target.focus() : target.click();
  }
});
