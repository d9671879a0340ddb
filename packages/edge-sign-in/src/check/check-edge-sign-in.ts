import type { SynthesizedSite, SynthFinding } from "cf-types";
import { checkProtection } from "protected-paths/synth";
import type { CompiledEdgeSignIn } from "../edge/compiled-edge-sign-in.ts";
import { asksForSession, readySignIn } from "../edge/decide.ts";

/** Returns what on the site stays open in spite of the options, and what cannot work there. */
export function checkEdgeSignIn(
  compiled: CompiledEdgeSignIn,
  site: SynthesizedSite,
): readonly SynthFinding[] {
  const ready = readySignIn(compiled);
  const protection = {
    packageName: "edge-sign-in",
    ownHeaders: compiled.claimHeaders.map(([header]) => header),
    isProtected: (path: string) => asksForSession(ready, path),
  };
  return [
    ...checkProtection(protection, site),
    ...checkOwnPaths(compiled, site),
    ...(["clientSecret", "sessionKeys"] as const).flatMap((name) => {
      const secret = compiled[name];
      return secret !== undefined && "text" in secret ? [secretInCode(name)] : [];
    }),
  ];
}

/** The function responds on them itself, where it runs. */
function checkOwnPaths(
  { callbackPath, signOutPath }: CompiledEdgeSignIn,
  { cacheBehaviors, pathPatternOf }: SynthesizedSite,
): readonly SynthFinding[] {
  if (pathPatternOf === undefined) return [];
  const covered = new Set(cacheBehaviors.map(({ pathPattern }) => pathPattern));
  return Object.entries({ callbackPath, signOutPath }).flatMap(([name, path]) => {
    const pattern = pathPatternOf(path);
    if (covered.has(pattern)) return [];
    const message = `${name} ${path} belongs to cache behavior ${JSON.stringify(pattern)}, which does not run edge-sign-in: nobody could sign in or out. Choose a path of another one, or name it in the function's pathPatterns.`;
    return [{ severity: "error" as const, message }];
  });
}

function secretInCode(name: string): SynthFinding {
  return {
    severity: "warning",
    message: `${name}.text is in the function's code: whoever can read it can sign in as anybody. In production, keep it in Secrets Manager: { secretId }.`,
  };
}
