import type { CompiledCondition } from "./compiled-secret-redirect.ts";
import type { Clock } from "./secret-redirect-ports.ts";
import { type RedirectRequest, readRequestValue } from "./read-request-value.ts";

/** Returns whether a request meets a condition. */
export function conditionHolds(
  condition: CompiledCondition,
  request: RedirectRequest,
  clock: Clock,
): boolean {
  if (condition.in === "time") {
    const { from = 0, until = Infinity } = condition;
    const now = clock.now();
    return now >= from && now < until;
  }
  const { absent, oneOf, sha256 } = condition;
  const value = readRequestValue(condition.in, condition.name, request);
  if (absent !== undefined) return absent === (value === undefined);
  if (value === undefined) return false;
  if (sha256) return hasSha256(value, sha256);
  return condition.in === "language"
    ? !!oneOf?.some((language) => `${value}-`.startsWith(`${language}-`))
    : !!oneOf?.includes(value);
}

/** Takes the same time whatever the value. Loaded when it is first needed: few sites have a token. */
function hasSha256(value: string, sha256: string): boolean {
  const { createHash, timingSafeEqual } = process.getBuiltinModule("node:crypto");
  return timingSafeEqual(createHash("sha256").update(value).digest(), Buffer.from(sha256, "hex"));
}
