// Starts the app, and stands in for it when it can't go on. Plain JavaScript on purpose: when the WebAssembly has
// failed, this is all that is left.

const boot = document.getElementById("boot");
const status = document.getElementById("boot-status");
const PREFIX = "model-stages:";

// The theme is set before the first paint of the app; the app itself writes the setting.
function earlyTheme() {
  for (const [key, value] of savedItems()) {
    const theme = key.endsWith(":settings") && /"theme":"(light|dark)"/.exec(value);
    if (theme) document.documentElement.dataset.theme = theme[1];
  }
}

function savedItems() {
  const items = [];
  try {
    const store = window.localStorage;
    for (let index = 0; index < store.length; index += 1) {
      const key = store.key(index);
      if (key !== null && key.startsWith(PREFIX)) items.push([key, store.getItem(key) ?? ""]);
    }
  } catch {
    // Blocked storage: there is nothing to hand out.
  }
  return items;
}

function element(name, text, attributes = {}) {
  const made = document.createElementNS("http://www.w3.org/1999/xhtml", name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

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

function recover(title, detail) {
  if (recovering) return;
  recovering = true;
  const app = document.getElementById("app");
  const screen = document.getElementById("recovery");
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  app.hidden = true;
  const restart = element("button", "Start again", { type: "button", class: "primary" });
  restart.addEventListener("click", () => window.location.reload());
  const actions = element("p", "", { class: "actions" });
  actions.append(restart);
  const box = element("div", "", { class: "recovery-box" });
  const heading = element("h1", title, { tabindex: "-1" });
  box.append(heading, element("p", detail));
  if (savedItems().length > 0) {
    const save = element("button", "Download what was saved", { type: "button" });
    save.addEventListener("click", download);
    actions.append(save);
    box.append(element("p", "What you did up to the last step is saved in this browser. You can download it first, to be safe."));
  }
  box.append(actions);
  screen.replaceChildren(box);
  screen.hidden = false;
  heading.focus();
}

function panicked() {
  recover("Something broke, and the app has stopped", "This is a fault of the app, not of yours. Starting again usually helps.");
}

// A Rust panic ends in a trap, which arrives here as an uncaught RuntimeError.
window.addEventListener("error", (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) panicked();
});
window.addEventListener("unhandledrejection", (event) => {
  if (event.reason instanceof WebAssembly.RuntimeError) panicked();
});
window.addEventListener("model-stages:panic", panicked);

// Who comes straight to an exercise reads its story while the app is on its way, not the beginning of the lesson.
async function earlyStory(file, id) {
  const told = (await (await fetch(file)).json())[id];
  if (!told || !status?.isConnected) return;
  const all = element("p", "");
  all.append(element("a", told.all, { href: "#/exercises" }));
  const story = element("p", "", { class: "story" });
  story.append(...told.story.map((text, at) => (at % 2 ? element("code", text) : text)));
  const head = element("header", "", { class: "page-head exercise-head" });
  head.append(all, element("h1", told.title), element("p", told.practises, { class: "quiet" }), story);
  status.parentElement.replaceChildren(head, status);
}

// Who comes straight to the registry or to an exercise needs a part at once: it is fetched beside the app, not after it.
function earlyParts() {
  const [page, more] = window.location.hash.replace("#/", "").split(/[/?]/);
  const known = new Map((boot.dataset.parts ?? "").split(";").map((of) => of.split("=")));
  const parts = (more ? known.get(`${page}/`) : undefined) ?? known.get(page);
  for (const part of parts?.split(",") ?? []) {
    if (part.endsWith(".json")) {
      earlyStory(part, more).catch(() => {});
      continue;
    }
    const as = part.endsWith(".css") ? { as: "style" } : { as: "fetch", crossorigin: "" };
    document.head.append(element("link", "", { rel: "preload", href: part, fetchpriority: "low", ...as }));
  }
}

earlyTheme();
earlyParts();
if (status) status.hidden = false;

try {
  const script = new URL(boot.dataset.js, document.baseURI);
  const wasm = fetch(new URL(boot.dataset.wasm, document.baseURI));
  wasm.catch(() => {});
  const app = await import(script.href);
  await app.default({ module_or_path: wasm });
} catch (error) {
  if (!(error instanceof WebAssembly.RuntimeError)) {
    console.error(error);
    recover("The app could not be opened", "A part of it did not arrive, or this browser is too old for WebAssembly. Check the connection and start again.");
  } else {
    panicked();
  }
}
