// <model-stages src="https://app.example/" view="question" item="one-call-swap"><a href="…">…</a></model-stages>
// A piece of Model Stages in a page: README.md says how. Licence: MIT OR Apache-2.0.

// Not on a server, and not twice.
if (globalThis.customElements && !customElements.get("model-stages")) {
  const PLACE = ["src", "view", "item"];
  const OPTIONS = ["rules", "start", "hide", "order", "line", "lang", "objective", "par", "models", "distractors", "seed"];
  const NAMES = [...PLACE, "theme", ...OPTIONS];
  // Where the app is, unless `src` says: beside this file.
  const HOME = document.currentScript && new URL(".", document.currentScript.src).href;
  const GONE = { code: "gone", message: "The frame is another one now." };
  // Each command, and the name of what it is given.
  const COMMANDS = { run: "line", load: "address", goTo: "to", setTheme: "theme", reset: "", getState: "", getReceipt: "" };

  class ModelStages extends HTMLElement {
    static observedAttributes = NAMES;
    #frame;
    #theme;
    #port;
    #asked = [];
    // A page with a switch for its colours says so at its root or its body.
    #page = new MutationObserver(() => this.#follow());

    connectedCallback() {
      addEventListener("message", this);
      for (const node of [document.documentElement, document.body]) this.#page.observe(node, { attributes: true });
      this.#show();
    }

    disconnectedCallback() {
      removeEventListener("message", this);
      this.#page.disconnect();
      this.#answer({ error: GONE });
    }

    attributeChangedCallback(name) {
      if (!this.#frame) return;
      if (name === "theme") this.#follow();
      else this.#show();
    }

    // A new frame each time: an address that is changed would be another step for the Back button.
    #show() {
      // A copy of this element has brought a frame along.
      for (const frame of this.querySelectorAll(":scope > iframe")) frame.remove();
      this.#answer({ error: GONE });
      const before = this.#port;
      this.#port = {};
      this.#port.opened = new Promise((open) => (this.#port.open = open));
      this.#port.opened.then(before?.open);
      this.#theme = this.#colours();
      const query = new URLSearchParams({ theme: this.#theme });
      if (origin !== "null") query.set("origin", origin);
      for (const name of OPTIONS) if (this[name]) query.set(name, this[name]);
      const src = new URL(this.src || HOME, document.baseURI);
      if (!/^(https?|file):/.test(src)) return;
      src.hash = `/embed/${this.view || "scene"}/${this.item}?${query}`;
      const title = this.title || "Model Stages";
      this.#frame = document.createElement("iframe");
      Object.assign(this.#frame, { src, title, loading: "lazy", allow: "clipboard-write", width: "100%", height: 420 });
      this.#frame.style.border = 0;
      this.prepend(this.#frame);
    }

    // Light letters stand on a dark page. What a colour begins with says how light it is: red, or the lightness itself.
    #colours() {
      const [, kind, first] = getComputedStyle(this).color.match(/^(\w+)\D*([\d.]+)/);
      const middle = { rgb: 127, rgba: 127, lab: 50, lch: 50 }[kind] ?? 0.5;
      return this.theme || (first > middle ? "dark" : "light");
    }

    #follow() {
      const theme = this.#colours();
      if (theme === this.#theme) return;
      this.#theme = theme;
      // A frame that is not loaded yet needs no answer now.
      this.#port.opened.then(() => this.setTheme(theme)).catch(() => {});
    }

    // A message to the window of the page.
    handleEvent({ source, origin, data }) {
      const frame = this.#frame;
      if (!frame?.contentWindow || source !== frame.contentWindow || origin !== new URL(frame.src).origin || !data?.modelStages) return;
      if (data.type === "height") frame.height = data.height;
      if (data.type === "refused") this.#tell("error", data);
      if (data.type !== "ready") return;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => ("re" in data ? this.#answer(data) : this.#tell(data.type, data));
      source.postMessage({ modelStages: 1, type: "connect", id: data.id }, origin, [port2]);
      // One that was loaded again is another one.
      this.#answer({ error: GONE });
      this.#port.open(port1);
      this.#port.opened = Promise.resolve(port1);
      for (const child of this.children) child.hidden = child !== frame;
      this.#tell("ready", data);
    }

    // What could not be read has no number: it may have been any of those that wait.
    #answer({ re, ok, error }) {
      this.#asked.forEach(([done, fail], id) => {
        if ((re ?? id) !== id) return;
        if (error) fail(Object.assign(new Error(error.message), { code: error.code }));
        else done(ok);
      });
    }

    #tell(name, detail) {
      this.dispatchEvent(new CustomEvent(name, { detail, bubbles: name !== "error" }));
    }

    async ask(command) {
      if (this.#frame) this.#frame.loading = "eager";
      let opened, port;
      do port = await (opened = this.#port.opened);
      while (opened !== this.#port.opened);
      return new Promise((...settle) => port.postMessage({ id: this.#asked.push(settle) - 1, ...command }));
    }
  }

  for (const name of NAMES) {
    Object.defineProperty(ModelStages.prototype, name, {
      get() { return this.getAttribute(name) ?? ""; },
      set(value) { this.setAttribute(name, value); },
    });
  }
  for (const [name, field] of Object.entries(COMMANDS)) {
    ModelStages.prototype[name] = function (value) {
      return this.ask({ do: name, ...(field && { [field]: value }) });
    };
  }
  customElements.define("model-stages", ModelStages);
}
