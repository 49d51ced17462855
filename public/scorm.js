// Comes behind one-file.js in the course for learning platforms (SCORM 1.2). What the learner does is kept by the platform and
// nowhere in this browser: its stores belong to the whole platform, and to everybody who uses the browser.

(() => {
const boot = document.getElementById("boot");

const values = new Map();
const memory = {
  get length() { return values.size; },
  key: (index) => [...values.keys()][index] ?? null,
  getItem: (key) => values.get(key) ?? null,
  setItem: (key, value) => { values.set(key, String(value)); },
  removeItem: (key) => { values.delete(key); },
};
const alone = { request: async (name, options, act) => act({ name }) };
for (const [name, value] of Object.entries({ localStorage: memory, indexedDB: undefined, BroadcastChannel: undefined }))
  Object.defineProperty(window, name, { value, configurable: true });
Object.defineProperty(navigator, "locks", { value: alone, configurable: true });

// The platform's API stands in a frame around this one, or in the window that has opened it.
function above(from) {
  let place = from;
  for (let step = 0; place && step < 8; step += 1) {
    try {
      if (place.API) return place.API;
    } catch (_) {
      return null;
    }
    if (place.parent === place) return null;
    place = place.parent;
  }
  return null;
}
const api = above(window.parent) || above(window.opener);

// Everything that is asked, and every answer, is a text.
function ask(method, ...given) {
  try {
    return api ? String(api[method](...given)) : "";
  } catch (_) {
    return "";
  }
}
const get = (element) => ask("LMSGetValue", element);
const set = (element, value) => ask("LMSSetValue", element, value) === "true";

const began = Date.now();
let isOpen = ask("LMSInitialize", "") === "true";
const status = "cmi.core.lesson_status";
// Some platforms count a course as completed that was opened and shut without a word.
if (isOpen && ["not attempted", ""].includes(get(status))) {
  set(status, "incomplete");
  ask("LMSCommit", "");
}

function time() {
  const seconds = (Date.now() - began) / 1000;
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  const [hours, minutes] = [seconds / 3600, (seconds / 60) % 60];
  return `${two(hours).padStart(4, "0")}:${two(minutes)}:${two(seconds % 60)}`;
}

window.addEventListener("pagehide", () => {
  if (!isOpen) return;
  isOpen = false;
  set("cmi.core.exit", "suspend");
  set("cmi.core.session_time", time());
  ask("LMSCommit", "");
  ask("LMSFinish", "");
});

boot.platform = {
  connected: isOpen,
  data: isOpen ? get("cmi.suspend_data") : "",
  place: isOpen ? get("cmi.core.lesson_location") : "",
  // Whether the platform has taken all of it. What was completed once stays so.
  tell(pairs) {
    if (!isOpen) return false;
    const isDone = ["completed", "passed"].includes(get(status));
    const taken = pairs.filter(([element]) => !(isDone && element === status)).map(([element, value]) => set(element, value));
    return taken.every(Boolean) && ask("LMSCommit", "") === "true";
  },
};
})();
