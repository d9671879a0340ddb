import { copyFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { bundlePackage } from "./bundle-package.ts";

// The compiler writes the types beside what is bundled.
const inPackage = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

await bundlePackage(inPackage("dist"));

// Installed, lru-cache has seven builds of itself, and mime the types of twice what is used at first: the
// bundle holds what is used. Node.js 22.0 cannot load the ES modules of commander and mime into CommonJS.
for (const [name, licence] of Object.entries({
  "cf-command-line/node_modules/commander": "LICENSE",
  cborg: "LICENSE",
  "lru-cache": "LICENSE.md",
  picocolors: "LICENSE",
  "cf-site-files/node_modules/mime": "LICENSE",
  "cf-site-files/node_modules/picomatch": "LICENSE",
})) {
  copyFileSync(
    inPackage(`node_modules/${name}/${licence}`),
    inPackage(`dist/${basename(name)}.LICENSE.md`),
  );
}
