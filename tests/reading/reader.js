// Opens a book in foliate-js, the engine of the reader Foliate, and tells how it lies on the page.
import "./foliate-js/view.js";

// As Foliate has it: the reader's own choices, which a book should bear.
const STYLE = `
  @namespace epub "http://www.idpf.org/2007/ops";
  html { color-scheme: light dark }
  @media (prefers-color-scheme: dark) { a:link { color: lightblue } }
  p, li, blockquote, dd { line-height: 1.4; hyphens: auto }
  pre { white-space: pre-wrap !important }
`;

let view;

/** Opens the book at an address; gives the paths of its pages in reading order. */
async function open(address) {
  view?.close();
  view?.remove();
  view = document.createElement("foliate-view");
  document.body.append(view);
  await view.open(address);
  view.renderer.setAttribute("gap", "5%");
  view.renderer.setAttribute("margin", `${Math.round(innerHeight * 0.05)}px`);
  view.renderer.setAttribute("max-inline-size", "2000px");
  view.renderer.setAttribute("max-column-count", "1");
  view.renderer.setStyles(STYLE);
  return view.book.sections.map((section) => section.id);
}

/** Turns to a page of the book by its path, or the end of it, and waits until it is drawn. */
async function turnTo(href) {
  const [path, fragment] = href.split("#");
  const index = view.book.sections.findIndex(({ id }) => id === path || id.endsWith(`/${path}`));
  if (index < 0) throw new Error(`the book has no page ${path}`);
  const target = view.book.sections[index].id + (fragment ? `#${fragment}` : "");
  if (!(await view.goTo(target))) throw new Error(`cannot turn to ${href}`);
  const { doc } = view.renderer.getContents()[0];
  await Promise.all([doc.fonts.ready, ...[...doc.images].map((image) => image.decode().catch(() => {}))]);
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
}

window.reader = { open, turnTo };
