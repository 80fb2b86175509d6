// Bundles the files that a shop's page loads, and lays a copy of each into the Python package,
// which serves them: innesco.js, and conditions.js for what is decided in the browser.
import { readFileSync, mkdirSync, copyFileSync, existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const shipped = resolve(here, "../src/innesco/_sdk");
const { version } = JSON.parse(readFileSync(resolve(here, "package.json"), "utf8"));

// A tag without `type="module"` runs innesco.js; conditions.js is imported.
for (const [name, format] of [
  ["innesco", "iife"],
  ["conditions", "esm"],
]) {
  const bundle = resolve(here, `dist/${name}.js`);
  await build({
    entryPoints: [resolve(here, `src/${name}.ts`)],
    outfile: bundle,
    bundle: true,
    minify: true,
    format,
    target: "es2020",
    charset: "utf8",
    legalComments: "none",
    banner: { js: `/* Innesco ${version}, Apache-2.0 */` },
    define: { VERSION: JSON.stringify(version) },
  });
  if (existsSync(resolve(here, "../src/innesco"))) {
    mkdirSync(shipped, { recursive: true });
    copyFileSync(bundle, resolve(shipped, `${name}.js`));
  }
  console.log(`${name}.js ${gzipSync(readFileSync(bundle), { level: 9 }).length} bytes gzipped`);
}
