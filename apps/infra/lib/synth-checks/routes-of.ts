import type { RewriteUri } from "cf-types";
import { loadPackageExport } from "../artefact/load-package-export.ts";
import type { PlacedFunction } from "../artefact/placed-functions.ts";

/**
 * Returns whether one of the functions answers a path that is no file of the site with one: asked of the
 * packages that can tell where their functions lead.
 *
 * @param configFile Absolute path; packages are looked for as if that file imported them.
 */
export function routesOf(
  functions: readonly PlacedFunction[],
  siteFiles: readonly string[],
  configFile: string,
): (path: string) => boolean {
  const paths = new Set(siteFiles.map((file) => encodeURI(`/${file}`)));
  const rewrites = functions.flatMap(({ asset: { manifest, config } }) => {
    const rewriteUri = loadPackageExport<RewriteUri<object>>(
      {
        packageName: manifest.packageName,
        entry: "synth-check",
        name: "rewriteUri",
        isOptional: true,
      },
      configFile,
    );
    return rewriteUri === undefined ? [] : [(uri: string) => rewriteUri(config, uri)];
  });
  return (path) => rewrites.some((rewrite) => rewrite(path) !== path && paths.has(rewrite(path)));
}
