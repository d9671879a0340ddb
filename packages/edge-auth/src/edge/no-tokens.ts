import type { TokenSupport } from "./auth-engine.ts";

/** Refuses each token: no rule asks for one. */
export const noTokens: TokenSupport = {
  decide: () => ({
    refusal: { status: 503, reason: "tokens are not supported", challenge: "Bearer" },
  }),
  headerLines: () => [],
};
