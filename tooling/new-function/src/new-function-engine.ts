import type { EdgeEngine, EventType } from "cf-types";
import type { NewFunction } from "./function-names.ts";
import { NewFunctionError } from "./new-function-error.ts";

/** An engine, or both. */
export type NewFunctionEngine = EdgeEngine | "both";

export const newFunctionEngines: readonly NewFunctionEngine[] = [
  "both",
  "cloudfront-function",
  "lambda-edge",
];

/** Returns the engines that a function is built for. */
export function enginesOf({ engine }: Pick<NewFunction, "engine">): readonly EdgeEngine[] {
  return engine === "both" ? ["lambda-edge", "cloudfront-function"] : [engine];
}

/** Returns the engines of a function where nobody names them: all that run at its event type. */
export function defaultEngine(eventType: EventType): NewFunctionEngine {
  return eventType.startsWith("viewer-") ? "both" : "lambda-edge";
}

/**
 * Refuses an engine that does not run at an event type.
 *
 * @throws {NewFunctionError} `INVALID_ENGINE`
 */
export function refuseInvalidEngine({ engine, eventType }: NewFunction): void {
  if (engine === "lambda-edge" || eventType.startsWith("viewer-")) return;
  throw new NewFunctionError(
    "INVALID_ENGINE",
    `The engine does not run at ${eventType}, since CloudFront Functions run at viewer events only: got ${JSON.stringify(engine)}. Write --engine lambda-edge, or choose a viewer event.`,
  );
}
