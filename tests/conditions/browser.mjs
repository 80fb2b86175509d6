// Answers line by line what conditions.js says: of documents and a view what holds, when that
// changes and what is open; of texts how they fold. The first argument names the bundle.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { fold, read } = await import(pathToFileURL(process.argv[2]));

function answer(document, view) {
  const asked = read(document);
  return { holds: asked.holds(view) ?? null, at: asked.changesAt(view) ?? null, open: asked.open };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { documents, view, texts } = JSON.parse(line);
  const said = texts ? texts.map(fold) : documents.map((one) => answer(one, view));
  console.log(JSON.stringify(said));
}
