import type { SynthesizedSite, SynthFinding } from "cf-types";
import { ruleOfPath } from "protected-paths";
import { checkProtection } from "protected-paths/synth";
import type { CompiledEdgeAuth } from "../edge/compiled-edge-auth.ts";
import { readyEdgeAuth } from "../edge/ready-edge-auth.ts";

/** Returns what on the site stays open in spite of the options, and what would be shown to others. */
export function checkEdgeAuth(
  compiled: CompiledEdgeAuth,
  site: SynthesizedSite,
): readonly SynthFinding[] {
  const ready = readyEdgeAuth(compiled);
  const protection = {
    packageName: "edge-auth",
    ownHeaders: compiled.ownHeaders,
    isProtected: (path: string) => ruleOfPath(ready, path) !== undefined,
  };
  return [
    ...checkProtection(protection, site),
    ...compiled.rules.flatMap(({ token }, index) =>
      token?.secret === undefined ? [] : [secretInCode(index)],
    ),
  ];
}

function secretInCode(index: number): SynthFinding {
  return {
    severity: "warning",
    message: `rules[${index}].token.secret is in the function's code: whoever can read it can issue tokens. Prefer jwks or jwksUrl, whose keys are public.`,
  };
}
