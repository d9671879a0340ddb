import type { CompiledCondition } from "./compiled-secret-redirect.ts";
import type { DecisionEngine } from "./decision-engine.ts";
import { type EngineRequest, readRequestValue } from "./read-request-value.ts";

/** Returns whether a request meets a condition. */
export function conditionHolds<Request extends EngineRequest>(
  condition: CompiledCondition,
  request: Request,
  engine: DecisionEngine<Request, unknown>,
): boolean {
  if (condition.in === "time") {
    const now = engine.clock.now();
    return now >= (condition.from || 0) && now < (condition.until || Infinity);
  }
  const value = readRequestValue(condition.in, condition.name, request, engine.reader);
  if (condition.absent !== undefined) return condition.absent === (value === undefined);
  if (value === undefined) return false;
  // What is compared are hashes: how long that takes says nothing of the value.
  if (condition.sha256) return engine.sha256(value) === condition.sha256;
  const oneOf = condition.oneOf || [];
  return condition.in === "language"
    ? oneOf.some((language) => `${value}-`.startsWith(`${language}-`))
    : oneOf.includes(value);
}
