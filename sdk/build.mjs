// Bundles src/innesco.ts into the one file that a shop's page loads, and lays a copy into the
// Python package, which serves it at /innesco.js.
import { readFileSync, mkdirSync, copyFileSync, existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const bundle = resolve(here, "dist/innesco.js");
const shipped = resolve(here, "../src/innesco/_sdk/innesco.js");
const { version } = JSON.parse(readFileSync(resolve(here, "package.json"), "utf8"));

await build({
  entryPoints: [resolve(here, "src/innesco.ts")],
  outfile: bundle,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "utf8",
  legalComments: "none",
  banner: { js: `/* Innesco ${version}, Apache-2.0 */` },
  define: { VERSION: JSON.stringify(version) },
});

if (existsSync(resolve(here, "../src/innesco"))) {
  mkdirSync(dirname(shipped), { recursive: true });
  copyFileSync(bundle, shipped);
}
console.log(`innesco.js ${gzipSync(readFileSync(bundle), { level: 9 }).length} bytes gzipped`);
