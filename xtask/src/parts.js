// The script that fetches the parts; split.rs puts it behind what finds the app's memory, and lists the files of each part below it.

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

// What has come stays; what has not is fetched anew by whoever wants it next.
function once(load) {
  let loaded;
  return () => loaded ??= load().catch((error) => {
    loaded = undefined;
    throw error;
  });
}

// A file is also made ready where a host does not say that it is WebAssembly.
const ready = (file) => once(async () => WebAssembly.instantiate(await get(file), getSharedImports()));

// The styles are on the page before the first part is, but for the start page, which has them already. Where they don't
// arrive, the page says the same as where a part doesn't. They are no `<link>`: what such an element waits for can't be given
// up, and Firefox fetches nothing else meanwhile.
const sheet = (file, put, before) => once(async () => {
  const made = new CSSStyleSheet();
  made.replaceSync(new TextDecoder().decode(await get(file)));
  await before?.();
  document.adoptedStyleSheets = put(document.adoptedStyleSheets, made);
});
const atEnd = (all, made) => [...all, made];
const atStart = (all, made) => [made, ...all];
const styles = sheet("./part-PART-STYLES", atEnd);
const classStyles = sheet("./CLASS-STYLES", atEnd, styles);
// A step or a question in a page of others needs few of them. If all come too, those win.
const framed = sheet("./part-FRAMED-STYLES", atStart);
const framedStyles = document.documentElement.classList.contains("embedded") ? framed : styles;

// A piece of the pack, as text: a step, a question or an exercise, each in a file of its own. The one of the page that is opened
// was asked for by boot.js, and comes before the part that shows it; where that fails, or nobody waits for it any more, the page
// asks anew.
const boot = document.getElementById("boot");
boot.pieces = {};
boot.piece = async (name) => {
  const asked = boot.early?.[name];
  delete boot.early?.[name];
  const piece = await asked || new TextDecoder().decode(await get(`./part-${name}-PIECE-NUMBER.json`));
  // Some hosts give a page in the place of what they have not.
  if (!piece.startsWith("{")) throw new Error(`${name}: no piece`);
  boot.pieces[name] = piece;
};
const early = once(() => Promise.race([
  Promise.all(Object.keys(boot.early || {}).map(boot.piece)).catch(() => {}),
  new Promise((given) => addEventListener(again, given)),
]));

// What the app calls to have a part: it is told whether all of it has come.
function part(needed) {
  return async (callback, data) => {
    let hasCome = false;
    try {
      await Promise.all(needed.map((need) => need()));
      hasCome = true;
    } catch (error) {
      console.error(error);
    }
    getSharedImports().__wasm_split.__indirect_function_table.get(callback)(data, hasCome);
  };
}
