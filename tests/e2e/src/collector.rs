//! Collects what goes wrong in a page from its first moment on: uncaught errors, what is written to the console as an
//! error or a warning, and everything that the page's policy has blocked.

/// Runs in every document before its own scripts. What it has seen is in `window.__seen`.
pub const SCRIPT: &str = r#"(() => {
  const seen = [];
  Object.defineProperty(window, "__seen", { value: seen });
  const say = (kind, words) => seen.push(`${kind}: ${words}`);
  window.addEventListener("error", (event) => {
    const what = event.target === window ? event.message : `${event.target.localName} could not be loaded`;
    say("error", what);
  }, true);
  window.addEventListener("unhandledrejection", (event) => say("unhandled rejection", String(event.reason)));
  window.addEventListener("securitypolicyviolation", (event) => {
    say("policy", `${event.violatedDirective} blocked ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`);
  });
  // How often the page has asked the browser to keep what is stored.
  window.__persists = 0;
  const storage = window.StorageManager?.prototype;
  if (storage) {
    const persist = storage.persist;
    storage.persist = function () { window.__persists += 1; return persist.call(this); };
  }
  // What a case does without, in its address: `?without=locks,channel,copy,tabs,wasm,patience,waits`; without `answers`, no database ever opens;
  // without `reads`, one opens and is never read. `silent`, `rejects` and `throws` are what locks do when they are asked for.
  const without = new URLSearchParams(location.search).get("without") ?? "";
  if (without.includes("locks")) delete Navigator.prototype.locks;
  if (without.includes("channel")) delete window.BroadcastChannel;
  if (without.includes("copy")) Object.defineProperty(window, "indexedDB", { value: undefined });
  if (without.includes("answers")) IDBFactory.prototype.open = () => ({});
  if (without.includes("reads")) {
    const own = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (names, mode) {
      if (mode === "readwrite") return own.call(this, names, mode);
      const never = { getAll: () => ({}), getAllKeys: () => ({}) };
      return { objectStore: () => never };
    };
  }
  // A service worker outlives a case and answers in the place of the host: only cases about it have one, by `?with=worker`.
  if (!location.search.includes("with=worker"))
    Object.defineProperty(Navigator.prototype, "serviceWorker", { get: () => undefined, configurable: true });
  const asked = {
    silent: () => new Promise(() => {}),
    rejects: () => Promise.reject(new DOMException("no locks here", "InvalidStateError")),
    throws: () => { throw new TypeError("no locks here"); },
  };
  for (const [word, request] of Object.entries(asked))
    if (without.includes(word)) LockManager.prototype.request = request;
  if (without.includes("wasm")) delete window.WebAssembly;
  // Without `patience`, what is done after a long time is done at once.
  if (without.includes("patience")) {
    const own = window.setTimeout;
    window.setTimeout = (act, time, ...more) => own(act, time >= 20_000 ? 0 : time, ...more);
  }
  // Without `waits`, so is what is done when something takes long.
  if (without.includes("waits")) {
    const own = window.setTimeout;
    window.setTimeout = (act, time, ...more) => own(act, time === 10_000 ? 0 : time, ...more);
  }
  if (without.includes("tabs")) {
    const own = window.fetch;
    window.fetch = (what, ...more) =>
      String(what.url ?? what).includes("split-tabs") ? Promise.reject(new TypeError("no connection")) : own.call(window, what, ...more);
  }
  for (const level of ["error", "warn"]) {
    const own = console[level];
    console[level] = (...words) => {
      say(`console.${level}`, words.map(String).join(" "));
      own.apply(console, words);
    };
  }
})()"#;

/// Gives the page's address, and what was seen since the last time with every request that went to another host.
pub const READ: &str = r#"
  const seen = window.__seen ? window.__seen.splice(0) : [];
  const foreign = performance.getEntriesByType("resource").map((entry) => entry.name)
    .filter((name) => !name.startsWith("data:") && !name.startsWith("blob:") && new URL(name).origin !== location.origin);
  return [location.href, seen.concat(foreign.map((name) => `request to another host: ${name}`))];
"#;
