// Makes WebAssembly modules smaller: the folder of Binaryen, then pairs of files, what is read and what is written.
import { readFileSync, writeFileSync } from "node:fs";

const [home, ...files] = process.argv.slice(1);
const { default: binaryen } = await import(`${home}/index.js`);
const { BulkMemory, BulkMemoryOpt, MutableGlobals, Multivalue, NontrappingFPToInt, ReferenceTypes, SignExt } =
  binaryen.Features;
// What the compiler of Rust uses by itself, and nothing more: the app runs where it ran before.
const features =
  BulkMemory | BulkMemoryOpt | MutableGlobals | Multivalue | NontrappingFPToInt | ReferenceTypes | SignExt;
binaryen.setOptimizeLevel(2);
binaryen.setShrinkLevel(1);
// Larger than usual: a browser compiles each function when it is first called, and half as many are left. Packed, the
// files are smallest like this, too.
binaryen.setAlwaysInlineMaxSize(8);
for (let at = 0; at < files.length; at += 2) {
  const module = binaryen.readBinary(readFileSync(files[at]));
  module.setFeatures(features);
  module.optimize();
  writeFileSync(files[at + 1], module.emitBinary());
  module.dispose();
}
