// Turns every text area of prose into an editor. The package that brings the editor starts it from an inline script and
// writes its styles into the page; our content security policy allows neither, so it is started from here.
import * as editing from "../django_prose_editor/editor.js";
import { arranged } from "./admin-pasted.js";

const MARKER = "data-django-prose-editor-register";
// The package asks first how large a table is to be, in English; rows and columns are added with its buttons.
const FIRST_TABLE = { rows: 3, cols: 2, withHeaderRow: true };
const OWN = {
  Table: editing.Table.extend({
    addCommands() {
      return { ...this.parent?.(), insertTableWithOptions: () => ({ commands }) => commands.insertTable(FIRST_TABLE) };
    },
  }),
};
const GROUPS = ["blockType", "nodes -blockType", "marks", "link", "table", "history"].map((group) => ({ group }));

function extensionsOf(config) {
  return Object.entries(config.extensions)
    .filter(([name]) => name in editing)
    .map(([name, options]) => [OWN[name] || editing[name], name === "Menu" ? { groups: GROUPS } : options])
    .map(([extension, options]) => (typeof options === "object" ? extension.configure(options) : extension));
}

function start(textarea) {
  const config = JSON.parse(textarea.getAttribute(MARKER));
  const frame = document.createElement("div");
  frame.className = "prose-editor";
  textarea.before(frame);
  frame.append(textarea);
  const editor = new editing.Editor({
    element: frame,
    injectCSS: false,
    extensions: extensionsOf(config),
    content: textarea.value,
    editorProps: { attributes: attributesOf(textarea), transformPastedHTML: arranged },
    onUpdate: () => keep(textarea, editor),
    onCreate: () => nameButtons(frame, config.buttons),
  });
  for (const label of textarea.labels) {
    label.addEventListener("click", () => editor.commands.focus());
  }
}

function attributesOf(textarea) {
  const label = [...textarea.labels].map((element) => element.textContent.trim().replace(/:$/, "")).join(" ");
  const attributes = { role: "textbox", "aria-multiline": "true", "aria-label": label, lang: textarea.lang };
  const description = textarea.getAttribute("aria-describedby");
  return description ? { ...attributes, "aria-describedby": description } : attributes;
}

function keep(textarea, editor) {
  textarea.value = editor.isEmpty ? "" : editor.getHTML();
}

// The package names its buttons in English only.
function nameButtons(frame, names) {
  for (const button of frame.querySelectorAll("[data-name]")) {
    const name = names[button.dataset.name];
    if (name) {
      button.title = name;
      button.setAttribute("aria-label", name);
    }
  }
}

for (const textarea of document.querySelectorAll(`[${MARKER}]:not([id*="__prefix__"])`)) {
  start(textarea);
}
document.addEventListener("formset:added", (event) => {
  for (const textarea of event.target.querySelectorAll(`[${MARKER}]`)) {
    start(textarea);
  }
});
