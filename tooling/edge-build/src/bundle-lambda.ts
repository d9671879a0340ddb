import type { EdgeRuntime } from "cf-types";
import { type Bundle, bundleEntry } from "./bundle-entry.ts";
import { EdgeBuildError } from "./edge-build-error.ts";

/** The entry of a package's Lambda@Edge function. */
export const lambdaEntry = "src/lambda.ts";

const foreignRemedy = "An edge function may require nothing but ./config.json.";

/**
 * Bundles `src/lambda.ts` and all that it imports, except config.json, which the bundle reads beside it:
 * CommonJS.
 *
 * @param packageFolder Real absolute path: a symbolic link would show in the source map.
 * @throws {EdgeBuildError} `NOT_BUNDLED`, `FOREIGN_IMPORT` or `INVALID_ENTRY`.
 */
export async function bundleLambda(packageFolder: string, runtime: EdgeRuntime): Promise<Bundle> {
  const bundle = await bundleEntry({
    packageFolder,
    entry: lambdaEntry,
    configFile: "config.json",
    // `require` would search for package.json files first and take ten times as long as reading the file.
    configModule:
      'export default JSON.parse(process.getBuiltinModule("fs").readFileSync(__dirname + "/config.json"));',
    // An assignment is all that Lambda needs of a module's exports.
    exportHandler: "exports.handler = handler;",
    foreignRemedy,
    esbuild: { format: "cjs", target: runtime.replace(/^nodejs(\d+)\.x$/, "node$1") },
  });
  refuseComputedImports(bundle.code);
  return bundle;
}

/** A name that is written out was bundled; what is left is computed at run time. */
function refuseComputedImports(code: string): void {
  const [computed] = code.matchAll(/\b(?:require\b|import\s*\()[^)]{0,40}/g);
  if (computed === undefined) return;
  throw new EdgeBuildError(
    "FOREIGN_IMPORT",
    `The bundle loads a module at run time: got ${JSON.stringify(computed[0])}. ${foreignRemedy}`,
  );
}
