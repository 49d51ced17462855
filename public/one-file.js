// Comes before boot.js where the whole app is one file: what a host would send stands packed in the page, each file as
// gzip in base64. A file that is opened from a disk can fetch nothing.

document.getElementById("boot").site = (() => {
const nameOf = (address) => address.split("/").pop();
const types = { js: "text/javascript", json: "application/json", wasm: "application/wasm", css: "text/css" };

async function get(address) {
  const name = nameOf(address);
  const place = document.getElementById(`file-${name}`);
  if (!place) throw new Error(`${name} is not in this file`);
  const packed = Uint8Array.from(atob(place.textContent), (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = await new Response(unpacked).arrayBuffer();
  return new Response(bytes, { headers: { "Content-Type": types[name.split(".").pop()] } });
}

const addressOf = (text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));

// The app's script names the one that fetches the parts, and that one finds the app's here.
async function load(address) {
  const [text, parts] = await Promise.all([get(address), get("PARTS-SCRIPT")].map(async (answer) => (await answer).text()));
  const link = addressOf(parts);
  site.app = await import(addressOf(text.replaceAll('"./PARTS-SCRIPT"\n', `"${link}"\n`)));
  return site.app;
}

const site = { get, load };
return site;
})();
