// Starts the app, and stands in for it when it can't go on. Plain JavaScript on purpose: when the WebAssembly has
// failed, this is all that is left. And no module: a browser runs a classic script also where the host gives it a wrong
// type, and in a frame that is kept apart from its host, so that there is somebody to say what is wrong. Where even this
// does not run, #boot-status in the page says so after a while.

(() => {
"use strict";

const boot = document.getElementById("boot");
// A part of the app in somebody else's page looks so from its first paint on, and has the theme that its address says.
const embedded = /^#!?\/embed\b/.test(window.location.hash);
if (embedded) {
  // Without the header, the rest stands higher. A browser that has painted it already takes that for a jump, unless it is new.
  const app = document.getElementById("app");
  app.replaceWith(app.cloneNode(true));
}
const status = document.getElementById("boot-status");
const page = window.location.href.split("#")[0];
const here = (address) => new URL(address, document.baseURI).href;
const nameOf = (address) => address.split("/").pop();
// Where the whole app is one file, one-file.js takes the host's place.
const site = boot.site || { get: (file) => fetch(here(file)), load: (file) => import(here(file)) };

// What stands before the keys of this folder's app, and what stood there once; as in src/storage/folder.rs.
function prefixes() {
  const folder = window.location.pathname.replace(/[^/]*$/, "");
  const written = folder.replace(/\/+/g, "/").replace(/\/$/, "")
    .replace(/(?:%[89a-f][\da-f])+|%[0-7][\da-f]|[%:]/gi, (piece) => {
      let text = piece;
      try {
        if (piece.length > 1) text = decodeURIComponent(piece);
      } catch (_) {
        return piece.toUpperCase();
      }
      return /^[%:/]$/.test(text) ? encodeURIComponent(text) : text;
    });
  return [written, folder.slice(0, -1)].map((folder) => `model-stages:${folder}:`);
}

function savedItems() {
  const items = [];
  try {
    const store = window.localStorage;
    const ours = prefixes();
    for (let index = 0; index < store.length; index += 1) {
      const key = store.key(index);
      const is = (prefix) => key.startsWith(prefix) && !key.slice(prefix.length).includes(":");
      if (key !== null && ours.some(is)) items.push([key, store.getItem(key)]);
    }
  } catch (_) {
    // Blocked storage: there is nothing to hand out.
  }
  return items;
}

// The theme is set before the first paint of the app; the app itself writes the setting.
function earlyTheme() {
  if (embedded) {
    const theme = /[?&]theme=(light|dark)\b/.exec(window.location.hash);
    if (theme) document.documentElement.dataset.theme = theme[1];
    document.documentElement.classList.add("embedded");
    return;
  }
  for (const [key, value] of savedItems()) {
    const theme = key.endsWith(":settings") && /"theme":"(light|dark)"/.exec(value);
    if (theme) document.documentElement.dataset.theme = theme[1];
  }
}

function element(name, text, attributes = {}) {
  const made = document.createElementNS("http://www.w3.org/1999/xhtml", name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function button(name, press, kind = {}) {
  const made = element("button", name, { type: "button", ...kind });
  made.addEventListener("click", press);
  return made;
}

const restart = (name, kind) => button(name, () => window.location.reload(), kind);

function download() {
  const data = JSON.stringify(Object.fromEntries(savedItems()), null, 1);
  const link = element("a", "", {
    href: URL.createObjectURL(new Blob([data], { type: "application/json" })),
    download: "model-stages-rescue.json",
  });
  link.click();
  URL.revokeObjectURL(link.href);
}

let recovering = false;

// Says what is wrong. What the page has to be read stays, unless the app has been there.
function recover(title, sentences, { again = "Start again", link = "", broken = false } = {}) {
  if (recovering) return;
  recovering = true;
  const app = document.getElementById("app");
  const screen = document.getElementById("recovery");
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  const box = element("div", "", { class: "recovery-box" });
  const heading = element("h1", title, { tabindex: "-1" });
  box.append(heading, ...sentences.map((sentence) => element("p", sentence)));
  const actions = element("p", "", { class: "actions" });
  if (again) actions.append(restart(again, { class: "primary" }));
  if (savedItems().length > 0) {
    actions.append(button("Download what was saved", download));
    box.append(element("p", "What you did up to the last step is saved in this browser. You can download it first, to be safe."));
  }
  if (link) actions.append(element("a", link, { href: window.location.href, target: "_blank", rel: "noopener" }));
  app.hidden = broken;
  if (!broken) {
    if (status) status.remove();
    if (!embedded && !boot.site) {
      const more = element("p", "");
      more.append(element("a", "Read the lesson as text", { href: "lesson.html" }));
      box.append(more);
    }
    screen.classList.add("early");
    app.before(screen);
  }
  box.append(actions);
  screen.replaceChildren(box);
  screen.hidden = false;
  if (!embedded) heading.focus();
}

function panicked() {
  recover("Something broke, and the app has stopped", ["This is a fault of the app, not of yours. Starting again usually helps."], { broken: true });
}

// A Rust panic ends in a trap, which arrives here as an uncaught RuntimeError.
const isTrap = (error) => typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError;
window.addEventListener("error", (event) => {
  if (isTrap(event.error)) panicked();
});
window.addEventListener("unhandledrejection", (event) => {
  if (isTrap(event.reason)) panicked();
});
window.addEventListener("model-stages:panic", panicked);

let forbidden;
window.addEventListener("securitypolicyviolation", (event) => {
  if (event.disposition !== "report") forbidden = event;
});

// Nothing is awaited for ever: what has not come after so long counts as not coming.
const within = (promise, time) => Promise.race([promise, new Promise((done) => setTimeout(done, time))]).catch(() => {});
const ask = (address, how) => within(fetch(address, { cache: "no-store", ...how }), 10000);

// The one policy of Trusted Types: it gives the addresses of this page's own two workers, and no other.
let policy;
boot.worker = (file) => {
  const own = ["sw.js", (boot.dataset.python || "").split(",")[0]].map(here);
  const rules = { createScriptURL: (address) => own.find((one) => one === address) };
  policy = policy || (window.trustedTypes ? window.trustedTypes.createPolicy("workers", rules) : rules);
  return policy.createScriptURL(here(file));
};

// The page as the host gives it now; the app asks for it, too.
boot.pageNow = async () => {
  const answer = !boot.site && await ask(page);
  return answer && within(answer.text(), 10000);
};

// Why the app does not start: sentences, and what else recover() is told.
async function why(error) {
  const old = ["This browser is too old for this app, or WebAssembly is switched off in it. Use a current Firefox, Chrome, Edge or Safari."];
  if (typeof WebAssembly !== "object") return [old];
  const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
  if (!(await within(WebAssembly.compile(empty), 10000))) {
    return [["The Content-Security-Policy of this host forbids WebAssembly, and the app is made of that.", "If this is your site: add 'wasm-unsafe-eval' to script-src."]];
  }
  const script = boot.dataset.js;
  for (const file of boot.site ? [] : [script, script.replace("model-stages-", "parts-"), boot.dataset.wasm]) {
    const name = nameOf(file);
    const answer = await ask(here(file));
    if (forbidden) {
      return [[`The Content-Security-Policy of this host forbids ${nameOf(forbidden.blockedURI)} (${forbidden.effectiveDirective}).`, "If this is your site: allow 'self' there."]];
    }
    if (!answer) {
      // Without asking whether this page may have it, it comes also to a page that may not.
      if (!(await ask(here(file), { mode: "no-cors" }))) {
        return [[`${name} did not arrive: there is no connection now, or the server does not answer.`, "Start again when you are online."]];
      }
      return [
        ["This page is in a frame that is kept apart from its host (sandbox), and the host gives its files to no such frame.",
          "If this is your site: send the header Access-Control-Allow-Origin: * with all files, or add allow-same-origin to the frame's sandbox."],
        { link: "Open this page in a window of its own" },
      ];
    }
    const type = answer.headers.get("content-type") || "a file without a type";
    const isPage = type.includes("html");
    if (!answer.ok || isPage) {
      const build = /data-build=["']?([\da-f]+)/.exec((await boot.pageNow()) || "");
      if (build && build[1] !== boot.dataset.build) {
        return [["This page is of an older version, and the rest of that is no longer on the server. Reload the page to go on."], { again: "Reload", title: "A new version is here" }];
      }
      const found = isPage ? "a page stands in its place" : `it answers ${answer.status}`;
      return [[`${name} is missing on the server: ${found}.`, "If this is your site: copy all files of the build there."]];
    }
    if (name.endsWith(".js") && !/(java|ecma)script/.test(type)) {
      return [[`The server sends ${name} as ${type}, and browsers run no such program.`, "If this is your site: it must be sent as text/javascript."]];
    }
  }
  if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) return [old];
  return [[`It stopped while it was starting: ${error}`]];
}

// Who comes straight to a step, a question or an exercise reads it while the app is on its way, not the beginning of the lesson. The app
// takes what has come (parts.js).
async function earlyPiece(file) {
  const [, name] = /part-(.+)-/.exec(file);
  const asked = fetch(file).then((answer) => (answer.ok ? answer.text() : ""));
  boot.early = { [name]: asked.catch(() => {}) };
  const { told, pack } = JSON.parse(await asked);
  if (!told || !status || !status.isConnected) return;
  const filled = (place, turns) => {
    place.append(...turns.map((text, at) => (at % 2 ? element("code", text) : text)));
    return place;
  };
  if (Array.isArray(told)) {
    const [head, ...words] = told.map((turns, at) => filled(element(at ? "p" : "h1", ""), turns));
    const box = (kind, ...inside) => {
      const made = element("div", "", { class: kind });
      made.append(...inside);
      return made;
    };
    const [step] = pack.steps || [];
    const shown = step
      ? box(step.play ? "lesson plays" : "lesson",
        box("lesson-head", box("steps"), box("quiet step-count", "\u00a0"), head),
        box("lesson-words", box("prose", ...words)))
      : box("reading question", head, ...words);
    status.parentElement.replaceChildren(shown, status);
    return;
  }
  const all = element("p", "");
  all.append(element("a", told.all, { href: "#/exercises" }));
  const story = filled(element("p", "", { class: "story" }), told.story);
  const head = element("header", "", { class: "page-head exercise-head" });
  head.append(all, element("h1", told.title), element("p", told.practises, { class: "quiet" }), story);
  status.parentElement.replaceChildren(head, status);
}

// The start page, the registry and an exercise need a part at once: it is fetched beside the app, not after it.
function earlyParts() {
  let [page, more, item] = window.location.hash.replace("#/", "").split(/[/?,&]/);
  if (embedded) {
    const view = item === "new" ? item : more.replace("questions", "question");
    [page, more] = [["question", "exercise", "new", "step", "diagram"].includes(view) ? `embed-${view}` : "embed-registry", item];
  }
  // An exercise that is made has no story; a frame of one needs the same.
  if (page === "exercises" && more === "new") page = "embed-new";
  const known = new Map((boot.dataset.parts || "").split(";").map((of) => of.split("=")));
  const own = (more && known.get(`${page}/`)) || known.get(page || "start") || "";
  const parts = new Set([own, (embedded && known.get("embed")) || ""].join().split(",").filter(Boolean));
  for (const part of parts) {
    if (part.endsWith(".json")) {
      if (/^[a-z\d-]+$/.test(more)) earlyPiece(part.replace("*", more)).catch(() => {});
      continue;
    }
    const link = { rel: "preload", href: part, fetchpriority: "low", as: "fetch", crossorigin: "" };
    document.head.append(element("link", "", link));
  }
}

// Without its styles the page can be read and used, and says why it looks so.
function checkStyles() {
  const link = document.querySelector("link[rel=stylesheet]");
  if (!link || getComputedStyle(document.documentElement).getPropertyValue("--radius")) return;
  const name = nameOf(link.href);
  document.body.prepend(element("p", `The styles of this page did not arrive, so it looks bare. If this is your site: ${name} must be there, and be sent as text/css.`, { role: "status" }));
}

// Once the page is quiet, the whole app is kept for times without a network: never in a frame, whose site it may not be.
function keepOffline() {
  const { offline } = boot.dataset;
  if (!offline || window !== window.top || !window.isSecureContext || !navigator.serviceWorker) return;
  (window.requestIdleCallback || setTimeout)(() => import(here(offline)).catch(() => {}));
}

async function start() {
  let awaited;
  let late = false;
  const tell = () => {
    if (!late || recovering || !status || !status.isConnected) return;
    status.textContent = `Still waiting for ${awaited}: the connection is slow, or nobody answers. This page goes on waiting. `;
    status.append(restart("Start again"));
  };
  const wait = (what) => {
    awaited = what;
    tell();
  };
  setTimeout(() => {
    late = true;
    tell();
  }, 20000);
  try {
    wait(nameOf(boot.dataset.js));
    const wasm = site.get(boot.dataset.wasm);
    wasm.catch(() => {});
    const app = await site.load(boot.dataset.js);
    wait(nameOf(boot.dataset.wasm));
    await app.default({ module_or_path: wasm });
    wait("a part of the app, or for this browser's storage");
    keepOffline();
  } catch (error) {
    if (isTrap(error)) {
      panicked();
      return;
    }
    console.error(error);
    const [sentences, more = {}] = await why(error);
    recover(more.title || "The app could not be opened", sentences, more);
  }
}

earlyTheme();
checkStyles();
if (window.location.protocol === "file:" && !boot.site) {
  recover("This page needs a small server", [
    "It was opened as a file, and browsers run the app only when it comes from a server.",
    "Open a terminal in this folder and start one, for instance with: python3 -m http.server",
    "Then open http://localhost:8000 in this browser.",
    "Without a server, open the file model-stages.html, where you have it: it has the whole app in it.",
  ], { again: "" });
} else {
  earlyParts();
  if (status) status.textContent = "Opening…";
  start();
}
})();
