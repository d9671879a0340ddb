import { byDefault, type DecisionEngine, keptPart, partOf } from "./decide.ts";
import type { ReadyOriginSelect } from "./ready-origin-select.ts";

/** A cookie that a response sets. */
export interface SplitCookie {
  readonly name: string;
  readonly value: string;
  readonly attributes: string;
}

/** Returns the cookie in which a viewer keeps an origin; undefined for who has it, and where nothing is split. */
export function splitCookie<Request extends { readonly uri: string }>(
  ready: ReadyOriginSelect,
  request: Request,
  engine: DecisionEngine<Request>,
): SplitCookie | undefined {
  const split = ready.split;
  if (!split || !split.path.test(request.uri)) return undefined;
  if (keptPart(split, request, engine.reader) !== undefined) return undefined;
  return {
    name: split.cookie,
    value: partOf(split, request, engine) || byDefault,
    attributes: split.attributes,
  };
}
