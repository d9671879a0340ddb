export { claimHeaderLines, type ClaimHeaders, type Claims, textsOf } from "./claim-headers.ts";
export { refusalHeaders } from "./refusal-headers.ts";
export { withoutCookies } from "./without-cookies.ts";
export { type PathRule, type ProtectedPaths, ruleOfPath } from "./rule-of-path.ts";
