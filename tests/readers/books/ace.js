// Prints what Ace, the accessibility checker of the DAISY Consortium, has against books: a line of JSON for each.
// node ace.js NODE_MODULES BOOK...
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, ...books] = process.argv.slice(2);
const require = createRequire(join(modules, "here.js"));
const ace = require("@daisy/ace-core");
const chromium = require("@daisy/ace-axe-runner-puppeteer");

// One browser for all the books: Ace would start and end one for each.
const browser = { ...chromium, concurrency: 2, launch: async () => {}, close: async () => {} };

/** Every assertion that failed, however deep in the report. */
function* failed(assertion, page = "") {
  const place = assertion["earl:testSubject"]?.url ?? page;
  for (const inner of assertion.assertions ?? []) yield* failed(inner, place);
  if (!assertion.assertions && assertion["earl:result"]?.["earl:outcome"] === "fail") {
    const { "earl:test": test, "earl:result": result } = assertion;
    const told = [test["dct:title"], `(${test["earl:impact"]})`, result["dct:description"], result.html];
    yield { place, told: told.filter(Boolean).join(" ") };
  }
}

/** Ace's report on a book, which it would print if it were not hindered, there being no folder to put it in. */
async function report(book) {
  const print = process.stdout.write;
  process.stdout.write = () => true;
  try {
    return (await ace(book, { cwd: ".", silent: true, initLogger: true, doNotReportMedia: true }, browser))[1];
  } finally {
    process.stdout.write = print;
  }
}

await chromium.launch();
try {
  for (const book of books) {
    const findings = await report(book).then(
      ({ assertions }) => [...assertions].flatMap((page) => [...failed(page)]),
      (error) => [{ place: "Ace", told: `gave up: ${error?.message ?? error}` }],
    );
    console.log(JSON.stringify({ book, findings }));
  }
} finally {
  await chromium.close();
}
