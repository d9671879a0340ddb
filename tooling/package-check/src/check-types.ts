import { type Problem, checkPackage } from "@arethetypeswrong/core";
import { artefactEntryPoints } from "./edge-artefacts.ts";
import type { PackedPackage } from "./packed-package.ts";

/**
 * The packages are ES modules for Node.js 22 and newer, which loads them with `require` too, so two
 * ways to resolve them do not count: that of Node.js 10, and the warning that `require` gets an ES module.
 */
const ignoredResolutions = ["node10", "node16-cjs"];
/** No module to import: what CloudFront runs, and JSON. */
const withoutTypes = [...artefactEntryPoints, "./package.json"];

/** Returns what are-the-types-wrong finds in the tarball, by its profile for ES modules. */
export async function checkTypes(packed: PackedPackage): Promise<readonly string[]> {
  const { name } = packed.source;
  const result = await checkPackage(packed.contents, { excludeEntrypoints: withoutTypes });
  if (result.types === false) {
    return [`${name} has no types in its tarball. Build it, and name them in "exports".`];
  }
  return result.problems.filter(counts).map((problem) => {
    const { kind, ...where } = problem;
    return `The types of ${name} are wrong: got ${kind} ${JSON.stringify(where)}. See https://github.com/arethetypeswrong/arethetypeswrong.github.io/tree/main/docs/problems.`;
  });
}

function counts(problem: Problem): boolean {
  return !("resolutionKind" in problem && ignoredResolutions.includes(problem.resolutionKind));
}
