// The text follows the sound, and whoever chooses a sentence or a story moves the sound there.
// Without this script the page still plays, lists and reads.
"use strict";

const sound = document.querySelector(".player audio");
const bars = [...document.querySelectorAll(".bar")];
const now = document.querySelector(".now");
const [play, follow, speed, seek, clock] = ["play", "follow", "speed", "seek", "time"]
  .map((name) => document.querySelector(`[data-do="${name}"]`));
const stories = [...document.querySelectorAll(".at")].map((link) => ({ link, at: Number(link.dataset.at) }));
const sentences = [...document.querySelectorAll(".s")].map((element) => ({
  element, start: Number(element.dataset.start), end: Number(element.dataset.end),
}));
const place = `newsexport ${document.body.dataset.issue}`;
// A sound in parts: where each begins when all are played, and its address.
const words = (sound.dataset.tracks || "").split(" ");
const tracks = words.length > 1 ? words.flatMap((word, n) => (n % 2 ? [] : [{ begin: Number(word), address: words[n + 1] }])) : [];
let track = 0;
let heard = null;
let chapter = null;
let scrolledByHand = 0;
// The word that is heard, where its time is known and the browser can mark one that is no element.
const word = window.Highlight && CSS.highlights ? new Highlight() : null;
if (word) CSS.highlights.set("word", word);
let marked = "";

// The last of a list, in order of time, that has begun; by halving, as an edition has thousands.
function begun(list, time, key) {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle][key] <= time + 0.05) low = middle + 1; else high = middle;
  }
  return low ? list[low - 1] : null;
}

// The time in the whole, of which a part may be playing.
function time() {
  return (tracks.length ? tracks[track].begin : 0) + sound.currentTime;
}

function mark(before, after) {
  if (before) before.removeAttribute("aria-current");
  if (after) after.setAttribute("aria-current", "true");
}

// The place in an element after so many letters and figures, before the next one.
function placed(element, letters) {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = letters;
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    let at = 0;
    for (const letter of text.data) {
      const counts = /[\p{L}\p{N}]/u.test(letter);
      if (counts && left-- === 0) return [text, at];
      at += letter.length;
    }
  }
  return [element, element.childNodes.length];
}

function markWord(element) {
  const words = element && element.tagName === "SPAN" && element.dataset.words ? element.dataset.words.split(" ") : [];
  const since = element ? 1000 * (time() - Number(element.dataset.start)) : 0;
  const begun = words.map((one) => one.split(":").map(Number)).filter(([, at]) => at <= since + 20).length;
  const key = words.length ? `${element.dataset.start} ${begun}` : "";
  if (key === marked) return;
  marked = key;
  word.clear();
  if (!words.length) return;
  const range = new Range();
  range.setStart(...placed(element, begun ? parseInt(words[begun - 1]) : 0));
  range.setEnd(...placed(element, begun < words.length ? parseInt(words[begun]) : Infinity));
  word.add(range);
}

function told(seconds) {
  const [hours, minutes, rest] = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor);
  return [...(hours ? [hours, String(minutes).padStart(2, "0")] : [minutes]), String(rest).padStart(2, "0")].join(":");
}

function showTime() {
  const length = Number(sound.dataset.length) || sound.duration || 0;
  clock.textContent = `${told(time())} / ${told(length)}`;
  seek.max = Math.round(length);
  if (document.activeElement !== seek || sound.paused) seek.value = Math.round(time());
  seek.setAttribute("aria-valuetext", told(time()));
}

function show() {
  showTime();
  const sentence = begun(sentences, time(), "start");
  const current = sentence && time() < sentence.end + 0.8 ? sentence.element : null;
  if (current !== heard) {
    mark(heard, current);
    heard = current;
    if (heard && follow.checked && !sound.paused && Date.now() - scrolledByHand > 5000) {
      const calm = matchMedia("(prefers-reduced-motion: reduce), (update: slow)").matches;
      heard.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    }
  }
  if (word) markWord(current);
  const story = begun(stories, time(), "at");
  if (story !== chapter) {
    mark(chapter && chapter.link, story && story.link);
    chapter = story;
    now.hidden = !chapter;
    now.lang = chapter ? chapter.link.closest("[lang]").lang : "";
    now.dir = chapter ? getComputedStyle(chapter.link).direction : "";
    now.textContent = chapter ? chapter.link.getAttribute("aria-label") : "";
    announce();
  }
}

function announce() {
  if (!("mediaSession" in navigator) || !chapter) return;
  const cover = document.querySelector(".cover");
  navigator.mediaSession.metadata = new MediaMetadata({
    title: chapter.link.getAttribute("aria-label").replace(/^[\d:]+, /, ""),
    artist: document.querySelector(".up").textContent,
    album: document.title,
    artwork: cover ? [{ src: cover.src, sizes: "1400x1400", type: "image/jpeg" }] : [],
  });
}

function to(second, playing) {
  const at = Math.max(0, second);
  const next = Math.max(0, tracks.findLastIndex(({ begin }) => begin <= at + 0.05));
  if (tracks.length && next !== track) {
    track = next;
    sound.src = tracks[track].address; // what is set before it is loaded is where it then begins
  }
  sound.currentTime = Math.max(0, at - (tracks.length ? tracks[track].begin : 0));
  scrolledByHand = 0;
  if (playing) sound.play().catch(() => {});
  show();
}

function step(by) {
  const at = stories.indexOf(chapter);
  const restart = by < 0 && chapter && time() - chapter.at > 3;
  const next = stories[restart ? at : at + by];
  if (next) to(next.at, !sound.paused);
}

function sentence(by) {
  const at = sentences.indexOf(begun(sentences, time(), "start"));
  const next = sentences[at + by];
  if (next) to(next.start, !sound.paused);
}

const actions = {
  play: () => (sound.paused ? sound.play().catch(() => {}) : sound.pause()),
  back: () => to(time() - 15, !sound.paused),
  forward: () => to(time() + 30, !sound.paused),
  previous: () => step(-1),
  next: () => step(1),
};
const keys = {
  k: actions.play, " ": actions.play, j: actions.back, l: actions.forward, "[": actions.previous, "]": actions.next,
  ",": () => sentence(-1), ".": () => sentence(1),
};

function remembered() {
  try { return Number(localStorage.getItem(place)) || 0; } catch { return 0; }
}

function remember() {
  try { localStorage.setItem(place, String(Math.floor(time()))); } catch { /* not allowed here */ }
}

// One set of controls: ours, which know stories and parts.
for (const bar of bars) bar.hidden = false;
sound.controls = false;
document.body.classList.add("listening");
for (const bar of bars) {
  bar.addEventListener("click", (event) => {
    const action = event.target.closest("button") && actions[event.target.closest("button").dataset.do];
    if (action) action();
  });
}
seek.addEventListener("input", () => to(Number(seek.value), !sound.paused));
function setSpeed() {
  sound.playbackRate = sound.defaultPlaybackRate = Number(speed.value);
}
speed.addEventListener("change", () => {
  setSpeed();
  try { localStorage.setItem("newsexport speed", speed.value); } catch { /* not allowed here */ }
});
try {
  const usual = localStorage.getItem("newsexport speed");
  if ([...speed.options].some((option) => option.value === usual)) speed.value = usual;
} catch { /* not allowed here */ }
setSpeed();
sound.addEventListener("timeupdate", show);
sound.addEventListener("seeked", show);
sound.addEventListener("ended", () => { if (track + 1 < tracks.length) to(tracks[track + 1].begin, true); });
for (const name of ["play", "pause"]) {
  sound.addEventListener(name, () => {
    play.textContent = sound.paused ? play.dataset.play : play.dataset.pause;
    remember();
  });
}
function resume() {
  const linked = /^#t=([\d.]+)$/.exec(location.hash);
  const second = linked ? Number(linked[1]) : remembered();
  const length = Number(sound.dataset.length) || sound.duration;
  if (second && (tracks.length || second < length - 2)) to(second, false);
}

showTime();
// Nothing is loaded before somebody listens; what is set before that is where the sound then begins.
if (Number(sound.dataset.length) || sound.readyState >= 1) resume();
else sound.addEventListener("loadedmetadata", resume, { once: true });
setInterval(() => { if (!sound.paused) remember(); }, 5000);
if (document.querySelector("[data-words]")) setInterval(() => { if (!sound.paused) show(); }, 60);
addEventListener("pagehide", remember);
for (const name of ["wheel", "touchmove"]) {
  addEventListener(name, () => { scrolledByHand = Date.now(); }, { passive: true });
}
document.addEventListener("click", (event) => {
  const link = event.target.closest(".at");
  if (link) {
    event.preventDefault();
    to(Number(link.dataset.at), true);
    return;
  }
  const chosen = event.target.closest(".s");
  if (chosen && !event.target.closest("a") && !String(getSelection())) to(Number(chosen.dataset.start), true);
});
document.addEventListener("keydown", (event) => {
  const chord = (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState("AltGraph"); // [ on many keyboards
  const busy = event.target.closest("input, select, textarea, audio") || (event.key === " " && event.target.closest("button, a"));
  if (busy || chord || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});
if ("mediaSession" in navigator) {
  const handlers = {
    play: actions.play, pause: actions.play, seekbackward: actions.back, seekforward: actions.forward,
    previoustrack: actions.previous, nexttrack: actions.next,
  };
  for (const [name, action] of Object.entries(handlers)) {
    try { navigator.mediaSession.setActionHandler(name, action); } catch { /* unknown to this browser */ }
  }
}
