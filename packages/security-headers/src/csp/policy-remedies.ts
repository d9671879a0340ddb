import type { PolicyRemedies } from "cf-types";
import { allowingOption } from "./allowing-option.ts";
import { originDirectives } from "./site-policy.ts";

const preset = 'config: compileForSite({ preset: "spa" })';

/**
 * Returns what has to be written in the options to allow what a policy of this package blocks, by directive
 * and kind, for whoever learns of it from a browser.
 */
export const policyRemedies: PolicyRemedies = () => ({
  ...Object.fromEntries(
    Object.values(originDirectives).map(([directive = ""]) => [
      `${directive} source`,
      allowingOption(directive, ["{source}"]),
    ]),
  ),
  source: allowingOption("{directive}", ["{source}"]),
  self: preset,
  "object-src self": "'self' in object-src of contentSecurityPolicy.directives",
  inline: preset,
  "script-src-attr inline": "move the code into a script",
  "unknown-script":
    "an integrity attribute on the tag that loads the script, as compileForSite writes it",
  "trusted-types-sink": 'trustedTypes: { mode: "report-only" }',
  "wasm-eval": preset,
  eval: "'unsafe-eval' in script-src of contentSecurityPolicy.directives, which lets any text run as code",
});
