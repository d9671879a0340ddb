import type { CompilerOf, OnlyLambdaEdge, SynthCheck } from "cf-types";
import { checkEdgeAuth } from "./check/check-edge-auth.ts";
import type { CompiledEdgeAuth } from "./edge/compiled-edge-auth.ts";

/** Returns what compiles options that are not compiled. */
export const compilerOf: CompilerOf = (config) =>
  "ownHeaders" in config ? undefined : "compileEdgeAuth";

/** Returns why options need Lambda@Edge. */
export const onlyLambdaEdge: OnlyLambdaEdge<CompiledEdgeAuth> = ({ rules }) => {
  if (rules.some(({ token }) => token?.jwksUrl !== undefined)) {
    return "it fetches the keys of its tokens' issuer, and CloudFront Functions have no network";
  }
  return rules.some(({ token }) => token?.keys !== undefined)
    ? "it checks signatures of private keys, and CloudFront Functions check none but HS256"
    : undefined;
};

/** Returns what on the site stays open in spite of the options, and what would be shown to others. */
export const checkSynthesizedSite: SynthCheck<CompiledEdgeAuth> = checkEdgeAuth;
