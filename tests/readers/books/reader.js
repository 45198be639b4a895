// Opens a book in foliate-js, the engine of the reader Foliate, and tells how it lies on the page.
import "./foliate-js/view.js";
import { faults, lines } from "./faults.js";

// What this reader does for every book, before the book's own style: nothing, where foliate-js would break long
// words and shrink pictures, because the readers built into devices do not.
const BEFORE = `
  body { overflow-wrap: normal }
  img, svg, video { max-width: 99999px }
`;

// The user's choices, which a book should bear; they are Foliate's own.
const AFTER = `
  @namespace epub "http://www.idpf.org/2007/ops";
  html { color-scheme: light dark }
  @media (prefers-color-scheme: dark) { a:link { color: lightblue } }
  p, li, blockquote, dd { line-height: 1.4; hyphens: auto }
`;

let view;
let book;
let sound;

// foliate-js keeps the sound it plays to itself.
window.Audio = class extends window.Audio {
  constructor(...given) {
    super(...given);
    sound = this;
  }
};

const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

const shown = () => view.renderer.getContents()[0];

async function fetchBook(address) {
  book = new File([await (await fetch(address)).blob()], address);
}

/** Opens the book that was fetched; gives the paths of its pages in reading order. */
async function open() {
  if (view?.renderer?.getContents().length) view.close(); // which fails if no page was ever turned
  view?.remove();
  view = document.createElement("foliate-view");
  document.body.append(view);
  await view.open(book);
  view.renderer.setAttribute("gap", "5%");
  view.renderer.setAttribute("margin", `${Math.round(innerHeight * 0.05)}px`);
  view.renderer.setAttribute("max-inline-size", "2000px");
  view.renderer.setAttribute("max-column-count", "1");
  view.renderer.setStyles([BEFORE, AFTER]);
  return view.book.sections.map(({ id }) => id);
}

/** Turns to a page of the book by the end of its path, or a place on it, and waits until it is drawn. */
async function turnTo(href) {
  const [path, place] = href.split("#");
  const section = view.book.sections.find(({ id }) => id === path || id.endsWith(`/${path}`));
  if (!section) throw new Error(`the book has no page ${path}`);
  const before = shown()?.doc;
  if (!(await view.goTo(place ? `${section.id}#${place}` : section.id))) throw new Error(`cannot turn to ${href}`);
  const { doc, index } = shown();
  if (view.book.sections[index] !== section) throw new Error(`${href} does not open`);
  if (doc === before) return doc;
  await Promise.all([doc.fonts.ready, ...[...doc.images].map((image) => image.decode().catch(() => {}))]);
  await drawn();
  return doc;
}

function entries(toc) {
  return (toc ?? []).flatMap(({ label, href, subitems }) => [{ label, href }, ...entries(subitems)]);
}

/** Whether a place on the page that is open can be seen without turning it. */
function visible(doc, place) {
  const element = place ? doc.getElementById(decodeURIComponent(place)) : doc.body;
  if (!element) return false;
  const frame = doc.defaultView.frameElement.getBoundingClientRect();
  return [...element.getClientRects()].some(
    (box) =>
      frame.left + box.right >= 0 && frame.left + box.left <= innerWidth &&
      frame.top + box.bottom >= 0 && frame.top + box.top <= innerHeight,
  );
}

async function faultOfEntry({ label, href }) {
  if (!href) return null; // a heading of the contents that leads nowhere by design
  try {
    const place = href.split("#")[1];
    return visible(await turnTo(href), place) ? null : `its entry in the contents misses it: ${label} (${href})`;
  } catch (error) {
    return `its entry in the contents fails: ${label} (${href}): ${error.message}`;
  }
}

/** Turns every page of the book and, if asked, follows every entry of its contents; what is wrong, by page. */
async function inspect(contents) {
  const listed = Map.groupBy(contents ? entries(view.book.toc) : [], ({ href }) => href?.split("#")[0]);
  const pages = view.book.sections.map(({ id }) => id);
  const found = [];
  if (contents && !listed.size) found.push(["the book", "it has no contents"]);
  for (const page of pages) {
    try {
      for (const fault of faults(await turnTo(page))) found.push([page, fault]);
      for (const entry of listed.get(page) ?? []) found.push([page, await faultOfEntry(entry)]);
    } catch (error) {
      found.push([page, error.message]);
    }
  }
  for (const [page, [entry]] of listed)
    if (page && !pages.includes(page)) found.push([page, `its entry in the contents leads nowhere: ${entry.label}`]);
  return found.filter(([, fault]) => fault);
}

/** Reads the book aloud, up to a place; every place that is marked, with the line that marks it and the second of the
 * sound at which it was. */
function readAloud(last) {
  const marked = [];
  return new Promise((done, fail) => {
    view.mediaOverlay.addEventListener("error", ({ detail }) => fail(detail));
    view.mediaOverlay.addEventListener("highlight", async ({ detail: { text } }) => {
      if (marked.at(-1)?.text === text) return;
      const mark = { text, line: "none", at: sound?.currentTime ?? 0 };
      marked.push(mark);
      for (let wait = 0; wait < 20 && mark.line === "none"; wait++) {
        await new Promise((waited) => setTimeout(waited, 25));
        const element = shown()?.doc.getElementById(text.split("#")[1]);
        if (element) mark.line = getComputedStyle(element).textDecorationLine;
      }
      if (text.endsWith(last)) {
        view.mediaOverlay.stop();
        done(marked);
      }
    });
    view.mediaOverlay.start(0);
  });
}

window.reader = {
  readAloud,
  fetchBook,
  open,
  inspect,
  turnTo: (href) => turnTo(href).then(() => {}),
  lines: (selector) => lines(shown().doc, selector),
};
