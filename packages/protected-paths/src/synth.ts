export { checkProtection, type Protection } from "./synth/check-protection.ts";
export { compileClaimHeaders } from "./synth/compile-claim-headers.ts";
export { compileClaims, oneOrMoreTexts } from "./synth/compile-claims.ts";
export { pathPatternSources } from "./synth/path-pattern-sources.ts";
