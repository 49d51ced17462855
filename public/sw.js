// The service worker: the whole app is kept in this browser, so that it opens without a network. `cargo xtask build` writes
// down the version and the files (xtask/src/offline.rs); a page asks for it only once it is quiet (offline.js).
//
// A new version waits until no page of the old one is open, or until a person asks for it. What an old page still needs
// stays until that page is gone.
"use strict";

const BUILD = "BUILD-NUMBER";
const VERSION = "OFFLINE-VERSION";
const FILES = ["OFFLINE-FILES"];
const PYTHON = ["PYTHON-FILES"];

const scope = self.registration.scope;
const ours = `model-stages:${new URL(scope).pathname}:`;
const current = `${ours}${VERSION}`;
// The real Python is kept only where somebody has used it.
const python = `${ours}python`;
const whole = (file) => new URL(file, scope).href;
// Not what the browser has kept of an earlier version.
const fresh = (file) => new Request(whole(file), { cache: "reload" });
const inside = (request) => (request.url.startsWith(scope) ? new URL(request.url).pathname.slice(new URL(scope).pathname.length) : null);
const isPage = (file) => file === "" || file === "index.html";
const sameWhatever = { ignoreSearch: true, ignoreVary: true };

self.addEventListener("install", (event) => event.waitUntil(fill()));

async function fill() {
  const cache = await caches.open(current);
  // All or nothing: where one is missing, the version before goes on.
  await cache.addAll(FILES.map(fresh));
  if (await caches.has(python)) {
    const used = await caches.open(python);
    const missing = [];
    for (const file of PYTHON) if (!(await used.match(whole(file)))) missing.push(fresh(file));
    await used.addAll(missing).catch(() => {});
  }
}

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim().then(tidy)));

// Which build each open page is of, as it has said. A page that has not said it yet counts as an old one.
const builds = new Map();

self.addEventListener("message", (event) => {
  if (event.data === "renew") {
    self.skipWaiting();
  } else if (event.source && event.data && event.data.build) {
    builds.set(event.source.id, event.data.build);
    event.waitUntil(tidy());
  }
});

async function tidy() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (!pages.every((page) => builds.get(page.id) === BUILD)) return;
  for (const name of await caches.keys())
    if (name.startsWith(ours) && name !== current && name !== python) await caches.delete(name);
  if (!(await caches.has(python))) return;
  const used = await caches.open(python);
  const known = PYTHON.map(whole);
  for (const request of await used.keys()) if (!known.includes(request.url)) await used.delete(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const file = inside(request);
  // What is asked for as the host has it now is no matter of ours (boot.js).
  if (file === null || request.method !== "GET" || request.cache === "no-store") return;
  if (request.mode === "navigate") {
    if (isPage(file)) event.respondWith(kept("", request));
  } else if (file.startsWith("python/")) {
    event.respondWith(usedPython(request));
  } else if (!isPage(file)) {
    event.respondWith(kept(file, request));
  }
});

// A file of this version; or of an earlier one, where a page of it is open still; or as the host gives it.
async function kept(file, request) {
  const cache = await caches.open(current);
  const found = await cache.match(whole(file), sameWhatever);
  return found || (isNumbered(file) && (await ofEarlier(request))) || fetch(request);
}

const isNumbered = (file) => /[\da-f]{16}/.test(file);

async function ofEarlier(request) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(ours)) continue;
    const found = await (await caches.open(name)).match(request, sameWhatever);
    if (found) return found;
  }
  return undefined;
}

async function usedPython(request) {
  const found = await ofEarlier(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(python)).put(request, answer.clone()).catch(() => {});
  return answer;
}
