// What stands behind the script that wasm_split_cli_support makes, which fetches the parts (see split.rs).

// How a file is asked for: what was not answered is asked for anew when somebody wants that (src/browser/mod.rs).
const again = "model-stages:again";
async function get(file) {
  for (;;) {
    const control = new AbortController();
    const stop = () => control.abort();
    addEventListener(again, stop);
    try {
      const answer = await fetch(new URL(file, import.meta.url), { signal: control.signal });
      if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
      return await answer.arrayBuffer();
    } catch (error) {
      if (!control.signal.aborted) throw error;
    } finally {
      removeEventListener(again, stop);
    }
  }
}

// A part is also made ready where a host does not say that it is WebAssembly.
async function instantiate(fetched, imports) {
  return WebAssembly.instantiate(await fetched, imports);
}

// All that a part needs is fetched a few files at a time: a slow machine can do something else in between.
async function aFewAtATime(dependencies) {
  const loads = [];
  for (const dependency of dependencies) {
    const load = dependency();
    load.catch(() => {});
    loads.push(load);
    if (loads.length % 8 === 0) await new Promise((next) => setTimeout(next));
  }
  return loads;
}

// Most files are pieces of larger ones.
const whole = new Map();
async function piece(file, start, end) {
  if (!whole.has(file)) whole.set(file, get(file));
  try {
    return (await whole.get(file)).slice(start, end);
  } catch (error) {
    whole.delete(file);
    throw error;
  }
}

// The first page has the styles of this part already.
function styledAlready(callee) {
  return wrapAsyncCb(callee, () => {});
}

// The styles are on the page before the first part is. Where they don't arrive, the page says the same as where a part
// doesn't, and the next try fetches them again. They are no `<link>`: what such an element waits for can't be given up, and
// Firefox fetches nothing else meanwhile.
let styled;
function styles() {
  styled ??= get("./PART-STYLES").then((bytes) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(new TextDecoder().decode(bytes));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }).catch((error) => {
    styled = undefined;
    throw error;
  });
  return styled;
}
