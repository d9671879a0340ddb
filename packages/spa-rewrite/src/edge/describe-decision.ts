import type { SpaRewriteDecision } from "./decide.ts";

/** Returns the line of the log for a decision: JSON. */
export function describeDecision(uri: string, decision: SpaRewriteDecision): string {
  return JSON.stringify(Object.assign({ spaRewrite: uri }, decision, { kind: undefined }));
}
