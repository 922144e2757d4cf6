// Makes real lists and headings of tables of what Word puts on the clipboard, as krakow_intl/core/pasted.py does of what
// is sent; tests/clipboard/ holds samples that both must read alike.
const PLACE = /mso-list:\s*l\d{1,4}\s+level(\d)\s+lfo\d{1,4}/i; // "mso-list:l0 level2 lfo1"
const MARK = /<!(?:--)?\[if !supportLists\](?:--)?>([^]{0,2000}?)<!(?:--)?\[endif\](?:--)?>/g; // around "1.&nbsp;"
// "1.", "b)", "(iv)", "1.2"
const NUMBER = /^\(?(?:\d{1,3}\.){0,8}(\d{1,4}|[a-z]|[ivxlc]{1,7}|[A-Z]|[IVXLC]{1,7})(?:[.)]|(?<=\d))$/;
const LEADING = /^\s*(\(?(?:\d{1,4}|[a-z]|[ivxlc]{1,7})[.)]|[·•–-])\s+/i; // "1. ", "·   "
const BULLETS = ["·", "•", "–", "-"];
const ROMAN = { i: 1, v: 5, x: 10, l: 50, c: 100 };

// A page of its own for what is pasted; our policy forbids styles there too, so that they are kept under another name.
const SHEET = /<style\b[^]*?<\/style>/gi; // what Word says of its styles
const STYLE = /(<[a-z][^<>]*?\s)style\s*=/gi; // "<p class=MsoNormal style="
// Word in the browser puts a frame around each list, Google Docs one in bold letters, which are none, around everything
const FRAMES = '.ListContainerWrapper, b[data-look*="font-weight:normal"]:not([data-look*="mso-"])';
const EMPHASIS = { strong: /(?<![-\w])font-weight:\s*(?:bold|[6-9]00)\b/i, em: /(?<![-\w])font-style:\s*italic\b/i };

export function arranged(html) {
  const page = pageOf(html);
  for (const frame of page.querySelectorAll(FRAMES)) {
    frame.replaceWith(...frame.childNodes);
  }
  page.querySelectorAll("span[data-look]").forEach(emphasize);
  const lists = [...page.querySelectorAll("ul, ol")].filter(isFlat);
  const listed = [...page.querySelectorAll("p")].filter(isOfWord).concat(lists);
  new Set(listed.map((each) => each.parentNode)).forEach(arrange);
  page.querySelectorAll("thead td").forEach(asHeading);
  page.querySelectorAll("table > caption").forEach(asParagraph);
  return page.body.innerHTML;
}

function pageOf(html) {
  const bare = html.replace(SHEET, "").replace(MARK, '<span style="mso-list:Ignore">$1</span>');
  return new DOMParser().parseFromString(bare.replace(STYLE, "$1data-look="), "text/html");
}

function emphasize(span) {
  for (const [name, look] of Object.entries(EMPHASIS)) {
    if (look.test(span.dataset.look)) {
      const emphasis = span.ownerDocument.createElement(name);
      emphasis.append(...span.childNodes);
      span.append(emphasis);
    }
  }
}

function isOfWord(element) {
  return element.nodeName === "P" && PLACE.test(element.dataset.look || "");
}

// Word in the browser makes a list of each item, and says how deep it stands
function isFlat(list) {
  return list.children.length > 0 && [...list.children].every((child) => child.matches("li[data-aria-level]"));
}

function asHeading(cell) {
  if (!cell.textContent.trim()) {
    return;
  }
  const heading = cell.ownerDocument.createElement("th");
  heading.append(...cell.childNodes);
  for (const name of ["colspan", "rowspan"]) {
    heading[name === "colspan" ? "colSpan" : "rowSpan"] = cell.getAttribute(name) || 1;
  }
  cell.replaceWith(heading);
}

function asParagraph(caption) {
  const paragraph = caption.ownerDocument.createElement("p");
  paragraph.append(...caption.childNodes);
  caption.parentNode.before(paragraph);
  caption.remove();
}

function arrange(holder) {
  let items = [];
  for (const child of [...holder.childNodes, null]) {
    const found = child && itemsOf(child);
    if (found) {
      items.push(...found);
      child.remove();
    } else if (items.length && !(child && child.nodeType === Node.TEXT_NODE && !child.data.trim())) {
      nested(items, holder.ownerDocument).forEach((list) => holder.insertBefore(list, child));
      items = [];
    }
  }
}

function itemsOf(child) {
  if (child.nodeType === Node.ELEMENT_NODE && isOfWord(child)) {
    return itemOfWord(child);
  }
  if (!["UL", "OL"].includes(child.nodeName) || !isFlat(child)) {
    return null;
  }
  const start = parseInt(child.getAttribute("start") || "1", 10);
  return [...child.children].map((item, at) => ({
    level: parseInt(item.dataset.ariaLevel, 10) || 1,
    kinds: child.nodeName === "OL" ? { [child.getAttribute("type") || "1"]: start + at } : { ul: 1 },
    nodes: [...item.childNodes],
  }));
}

function itemOfWord(paragraph) {
  const level = parseInt(PLACE.exec(paragraph.dataset.look)[1], 10);
  const mark = takeMark(paragraph);
  const kinds = kindsOf(mark);
  if (!kinds) {
    paragraph.prepend(`${mark} `);
    return null;
  }
  return [{ level, kinds, nodes: [paragraph] }];
}

function takeMark(paragraph) {
  const span = paragraph.querySelector('span[data-look*="mso-list:ignore" i], span[data-look*="mso-list: ignore" i]');
  if (span) {
    span.remove();
    return span.textContent.replace(/\s+/g, " ").trim();
  }
  const first = [...paragraph.childNodes].find((each) => each.nodeType !== Node.TEXT_NODE || each.data.trim());
  if (first && first.nodeType === Node.TEXT_NODE) {
    const found = LEADING.exec(first.data);
    first.data = first.data.slice(found ? found[0].length : 0);
    return found ? found[1] : "";
  }
  const mark = first && first.nodeName === "SPAN" ? first.textContent.trim() : "";
  if (!NUMBER.test(mark) && !BULLETS.includes(mark)) {
    return "";
  }
  first.remove();
  return mark;
}

// how a mark counts, and to what; null of words: {"1": 2} of "2.", {i: 1, a: 9} of "i)", {ul: 1} of a bullet
function kindsOf(mark) {
  const found = NUMBER.exec(mark);
  if (found && !/^\p{L}$/u.test(mark)) {
    return counted(found[1]);
  }
  return mark.length < 2 || !/[\p{L}\p{N}]/u.test(mark) ? { ul: 1 } : null;
}

function counted(sign) {
  if (/^\d+$/.test(sign)) {
    return { 1: parseInt(sign, 10) };
  }
  const small = sign.toLowerCase();
  const cased = (kind) => (sign === small ? kind : kind.toUpperCase());
  return {
    ...(/^[ivxlc]+$/.test(small) ? { [cased("i")]: roman(small) } : {}),
    ...(small.length === 1 ? { [cased("a")]: small.charCodeAt(0) - 96 } : {}),
  };
}

function roman(sign) {
  const values = [...sign].map((letter) => ROMAN[letter]);
  return values.reduce((sum, value, at) => sum + (value < (values[at + 1] || 0) ? -value : value), 0);
}

function nested(items, page) {
  const out = [];
  let open = [];
  for (const { level, kinds, nodes } of items) {
    open = open.filter((each) => each.level <= level);
    if (!goesOn(open.at(-1), level, kinds)) {
      open = open.filter((each) => each.level < level);
      const list = newList(kinds, level, page);
      open.length ? open.at(-1).element.lastElementChild.append(list.element) : out.push(list.element);
      open.push(list);
    }
    const item = page.createElement("li");
    item.append(...nodes);
    open.at(-1).element.append(item);
    open.at(-1).next += 1;
  }
  return out;
}

function goesOn(list, level, kinds) {
  return list && list.level === level && list.kind in kinds && (list.kind === "ul" || kinds[list.kind] === list.next);
}

function newList(kinds, level, page) {
  const kind = Object.keys(kinds).find((each) => kinds[each] === 1) || Object.keys(kinds).at(-1);
  const element = page.createElement(kind === "ul" ? "ul" : "ol");
  if (kind !== "ul" && kinds[kind] !== 1) {
    element.setAttribute("start", kinds[kind]);
  }
  if (kind !== "ul" && kind !== "1") {
    element.setAttribute("type", kind);
  }
  return { level, kind, element, next: kinds[kind] };
}
