// What is wrong with a page of a book as it lies in columns, one column to the screen.

const SLACK = 1.5; // CSS pixels, for rounding
const LEADING = 0.3; // of its height a box of text may reach out of a tight line, where no ink is
const CONTRAST = 4.5; // WCAG 2.2, 1.4.3, level AA

const brief = (text) => text.replace(/\s+/gu, " ").trim().slice(0, 60);

function naming(element) {
  const { localName, id, className } = element;
  const called = typeof className === "string" && className ? `.${className.replaceAll(" ", ".")}` : "";
  return `<${localName}${id ? `#${id}` : ""}${called}> ${brief(element.textContent)}`;
}

/** The nodes of text that hold something to read. */
function texts(doc) {
  const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim()) found.push(walker.currentNode);
  return found;
}

function boxesOf(node) {
  if (node.nodeType === Node.ELEMENT_NODE) return [...node.getClientRects()];
  const range = node.ownerDocument.createRange();
  range.selectNodeContents(node);
  return [...range.getClientRects()].filter(({ width }) => width);
}

/** How far a box reaches out of the page in the direction of the lines, when all is one long column. */
function along(box, { root, style, vertical }) {
  const [start, end, before, after] = vertical
    ? [box.top - root.top, root.bottom - box.bottom, style.paddingTop, style.paddingBottom]
    : [box.left - root.left, root.right - box.right, style.paddingLeft, style.paddingRight];
  return Math.max(parseFloat(before) - start, parseFloat(after) - end);
}

/** How far a box reaches out of the page across the lines, when the page is cut into columns. */
function across(box, { root, vertical }) {
  return vertical
    ? Math.max(root.left - box.left, box.right - root.right)
    : Math.max(root.top - box.top, box.bottom - root.bottom);
}

/** Does something while the page is one long column: what is too wide for a column would seem to stand in the next. */
function unfolded(doc, action) {
  const { style } = doc.documentElement;
  const folded = style.cssText;
  style.setProperty("column-width", "auto", "important");
  style.setProperty(pageOf(doc).vertical ? "width" : "height", "auto", "important");
  try {
    return action();
  } finally {
    style.cssText = folded;
  }
}

function pageOf(doc) {
  const root = doc.documentElement.getBoundingClientRect();
  const style = doc.defaultView.getComputedStyle(doc.documentElement);
  const vertical = doc.defaultView.getComputedStyle(doc.body).writingMode.startsWith("vertical");
  return { root, style, vertical };
}

function standing(doc) {
  return [...texts(doc), ...doc.body.querySelectorAll("img, svg, hr, table, pre, math, video")];
}

const named = (node) => naming(node.nodeType === Node.TEXT_NODE ? node.parentElement : node);

const most = (numbers) => numbers.reduce((one, other) => Math.max(one, other), 0);

function* tooWide(doc) {
  const page = pageOf(doc);
  for (const node of standing(doc)) {
    const far = most(boxesOf(node).map((box) => along(box, page)));
    if (far > SLACK) yield `runs ${Math.round(far)} px out of its column: ${named(node)}`;
  }
}

function* tooHigh(doc) {
  const page = pageOf(doc);
  for (const node of standing(doc)) {
    const leading = node.nodeType === Node.TEXT_NODE ? LEADING : 0;
    const beyond = (box) => across(box, page) - leading * (page.vertical ? box.width : box.height);
    const far = most(boxesOf(node).map(beyond));
    if (far > SLACK) yield `is ${Math.round(far)} px too big for the page: ${named(node)}`;
  }
}

/** Elements that hide a part of what is in them, or would have it scrolled, which paper cannot. */
function* clipped(doc) {
  const { defaultView: view } = doc;
  for (const element of doc.body.querySelectorAll("*")) {
    const { overflowX, overflowY, display } = view.getComputedStyle(element);
    if (display === "inline" || (overflowX === "visible" && overflowY === "visible")) continue;
    const wide = overflowX !== "visible" && element.scrollWidth > element.clientWidth + SLACK;
    const high = overflowY !== "visible" && element.scrollHeight > element.clientHeight + SLACK;
    if (wide || high) yield `cuts off what is in it: ${naming(element)}`;
  }
}

function* unseen(doc) {
  for (const node of texts(doc)) {
    const element = node.parentElement;
    if (element.closest("[hidden], script, style, rp, math annotation")) continue;
    const { visibility, opacity } = doc.defaultView.getComputedStyle(element);
    const gone = !boxesOf(node).length || visibility !== "visible" || opacity === "0";
    // a character that takes no room, such as a joiner, has no box and needs none
    if (gone && /[\p{L}\p{N}\p{P}]/u.test(node.data)) yield `does not appear: ${naming(element)}`;
  }
  for (const image of doc.images) if (!image.naturalWidth) yield `does not appear: ${image.alt || "a picture"}`;
  for (const face of doc.fonts) if (face.status === "error") yield `font does not load: ${face.family}`;
}

function rgba(colour) {
  const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
  return { red, green, blue, alpha };
}

function luminance({ red, green, blue }) {
  const [r, g, b] = [red, green, blue].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ground(element, paper) {
  for (let at = element; at; at = at.parentElement) {
    const colour = rgba(at.ownerDocument.defaultView.getComputedStyle(at).backgroundColor);
    if (colour.alpha > 0.5) return colour;
  }
  return paper;
}

/** Text that is hardly told from what it stands on; the paper is black when the reader asks for dark. */
function* pale(doc) {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const paper = dark ? { red: 18, green: 18, blue: 18 } : { red: 255, green: 255, blue: 255 };
  for (const element of new Set(texts(doc).map((node) => node.parentElement))) {
    const ink = luminance(rgba(doc.defaultView.getComputedStyle(element).color));
    const below = luminance(ground(element, paper));
    const contrast = (Math.max(ink, below) + 0.05) / (Math.min(ink, below) + 0.05);
    if (contrast < CONTRAST) yield `is pale, contrast ${contrast.toFixed(1)}: ${naming(element)}`;
  }
}

/** All faults of a page, each told as the end of a sentence about it. */
export function faults(doc) {
  const wide = unfolded(doc, () => [...tooWide(doc)]);
  return [...wide, ...tooHigh(doc), ...clipped(doc), ...unseen(doc), ...pale(doc)];
}

/** How the lines of the elements that fit a selector run: direction, and where the first line begins and ends. */
export function lines(doc, selector) {
  return [...doc.querySelectorAll(selector)].map((element) => {
    const { direction, writingMode } = doc.defaultView.getComputedStyle(element);
    const [node] = texts({ body: element, createTreeWalker: doc.createTreeWalker.bind(doc) });
    const range = doc.createRange();
    const [first] = [...node.data.matchAll(/\S/gu)];
    range.setStart(node, first.index);
    range.setEnd(node, first.index + 1);
    const { left, right, top } = range.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    return { text: element.textContent, direction, writingMode, left: left - box.left, right: box.right - right, top: top - box.top };
  });
}
