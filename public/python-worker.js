// A real Python beside the page: Pyodide, the simulated MLflow (python/), and a copy of the registry (python/core). The page
// sends texts and takes steps; see src/console/python. What stands in capitals is put in by `cargo xtask`.

const TOTAL = ALL-BYTES;
const own = (name) => new URL(name, import.meta.url).href;
const post = (message) => postMessage(JSON.stringify(message));

// What is fetched is counted, and WebAssembly has its type, whatever the host says.
let got = 0;
let told = -1;
const open = globalThis.fetch.bind(globalThis);
globalThis.fetch = async (what, how) => {
  const answer = await open(what, how);
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  const count = new TransformStream({
    transform(chunk, out) {
      got += chunk.byteLength;
      const percent = Math.min(99, Math.floor((100 * got) / TOTAL));
      if (percent > told) post({ percent });
      told = Math.max(told, percent);
      out.enqueue(chunk);
    },
  });
  const type = answer.url.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
  return new Response(answer.body.pipeThrough(count), { headers: { "Content-Type": type } });
};

// Python may have so much memory. What is more raises MemoryError: without a bound, a list that grows for ever would take all
// that the machine has, and the page with it.
const MOST_MEMORY = 512 * 2 ** 20;
const grow = WebAssembly.Memory.prototype.grow;
WebAssembly.Memory.prototype.grow = function (pages) {
  if (this.buffer.byteLength + pages * 2 ** 16 > MOST_MEMORY) throw new RangeError("no more memory");
  return grow.call(this, pages);
};

// What a script prints is shown at once, unless it prints very much in no time.
const MOST_POSTS = 200;
const TIME = 50;
let held = [];
let posts = 0;
let since = 0;
function say(news) {
  held.push(news);
  const now = performance.now();
  if (now - since > TIME) {
    since = now;
    posts = 0;
  }
  posts += 1;
  if (posts > MOST_POSTS && !news.end) return;
  post({ say: held });
  held = [];
}

// Takes what Python tells, and gives back what it waits for.
function tell(event) {
  const heard = JSON.parse(globalThis.registry(event));
  if (heard.say) say(heard.say);
  return heard.answer ?? "";
}

const START = `
import json
import _page
from model_stages_runner import Runner

def _loop():
    import asyncio
    from asyncio import base_events, events

    # A loop of its own for asyncio.run: the browser's could not be waited for. Nothing comes from outside.
    class Nothing:
        def select(self, timeout=None):
            return []

    class Loop(base_events.BaseEventLoop):
        def __init__(self):
            super().__init__()
            self._selector = Nothing()

        def _process_events(self, found):
            pass

        def _write_to_self(self):
            pass

    asyncio.new_event_loop = events.new_event_loop = Loop
    asyncio.run = asyncio.runners.run
    return lambda: events._set_running_loop(None)

def _start():
    leave_loop = _loop()
    tell = _page.tell
    runner = Runner(
        lambda event: tell(json.dumps(event)),
        lambda method, arguments: tell(json.dumps({"event": "call", "method": method, "arguments": arguments})),
    )
    import mlflow

    def do(asked):
        leave_loop()
        asked = json.loads(asked)
        if "check" in asked:
            runner.check(asked["check"])
        else:
            runner.know(asked["know"])
            runner.run(asked["run"], asked["argv"], asked["env"], asked["echo"])
    return do

_start()
`;

// Nothing that a script does may leave the page. This keeps from accidents, not from malice.
const OUTSIDE = [
  "fetch", "XMLHttpRequest", "WebSocket", "EventSource", "WebTransport", "importScripts", "Worker", "BroadcastChannel",
  "indexedDB", "caches",
];

async function start() {
  const [core, python] = await Promise.all([import(own("./CORE-SCRIPT")), import(own("./PYODIDE-FOLDER/pyodide.js"))]);
  const packages = fetch(own("./PACKAGES-FILE")).then((answer) => answer.json());
  packages.catch(() => {});
  await core.default({ module_or_path: fetch(own("./CORE-WASM")) });
  const quiet = () => {};
  const py = await python.loadPyodide({
    indexURL: own("./PYODIDE-FOLDER/"),
    lockFileContents: PYODIDE-LOCK,
    packageBaseUrl: own("./PYODIDE-FOLDER/"),
    stdout: quiet,
    stderr: quiet,
    env: { HOME: "/home/pyodide", PYTHON_COLORS: "0" },
  });
  const site = py.runPython("import site; site.getsitepackages()[0]");
  for (const [path, text] of Object.entries(await packages)) {
    py.FS.mkdirTree(`${site}/${path}`.replace(/\/[^/]*$/, ""));
    py.FS.writeFile(`${site}/${path}`, text);
  }
  py.registerJsModule("_page", { tell });
  const run = py.runPython(START);
  py.runPython("import sys; del sys.modules['_page']");
  for (const name of OUTSIDE) Object.defineProperty(globalThis, name, { value: undefined });
  return run;
}

let run;
const ready = start().then(
  (started) => {
    run = started;
    post({ ready: true });
  },
  (error) => post({ failed: String(error) }),
);

onmessage = async ({ data }) => {
  await ready;
  const asked = JSON.parse(data);
  try {
    if (asked.take) {
      const taken = JSON.parse(globalThis.registry(asked.take));
      if (taken.wrong) throw new Error(taken.wrong);
    }
    const { source } = JSON.parse(globalThis.registry(asked.read));
    const { know, argv, env, echo } = asked;
    const what = asked.check ? { check: source } : { run: source, know, argv, env, echo };
    run(JSON.stringify(what));
  } catch (error) {
    // Python itself has broken: it has run out of memory, or of room for calls in each other.
    post({ broken: String(error) });
  }
};
