// Prints what r2-shared-js, the parser of Readium's desktop readers, makes of the media overlays of a book:
// the clips of each page of the spine as text, sound, begin and end in seconds, and the length of the whole.
// node overlays.js NODE_MODULES BOOK
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, book] = process.argv.slice(2);
const require = createRequire(join(modules, "here.js"));
const parser = "r2-shared-js/dist/es8-es2017/src";
const { EpubParsePromise, getMediaOverlay } = require(`${parser}/parser/epub.js`);
const { initGlobalConverters_GENERIC, initGlobalConverters_SHARED } = require(`${parser}/init-globals.js`);

const clips = ({ Text, Audio, AudioClipBegin, AudioClipEnd, Children = [] }) => [
  ...(Audio ? [[Text, Audio.split("#")[0], AudioClipBegin, AudioClipEnd]] : []),
  ...Children.flatMap(clips),
];

initGlobalConverters_GENERIC();
initGlobalConverters_SHARED();
const publication = await EpubParsePromise(book);
const pages = {};
for (const { Href } of publication.Spine) pages[Href] = clips((await getMediaOverlay(publication, Href)) ?? {});
console.log(JSON.stringify({ pages, length: publication.Metadata.Duration }));
