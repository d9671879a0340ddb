import { copyFileSync, globSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundlePackage } from "./bundle-package.ts";

// The compiler writes the types beside what is bundled.
const inPackage = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

for (const left of globSync(inPackage("dist/**/*.{js,js.map}"))) rmSync(left);
await bundlePackage(inPackage("dist"));

// Installed, lru-cache has seven builds of itself: the bundle holds the one that is used.
const licence = inPackage("node_modules/lru-cache/LICENSE.md");
copyFileSync(licence, inPackage("dist/lru-cache.LICENSE.md"));
