import type { EventHeader, EventType } from "cf-types";

/** The event types at which this function can run. */
export type ResponseEventType = Extract<EventType, "viewer-response" | "origin-response">;

/** Header lines by lower-case name, as an event carries them. */
export type HeaderLines = Readonly<Record<string, readonly Readonly<EventHeader>[]>>;

/** What happens to the headers of a response. */
export interface CompiledHeaderSet {
  /** Set on every response. */
  readonly headers: HeaderLines;
  /** Set on documents only. */
  readonly documentHeaders?: HeaderLines;
  /** Lower-case names of those headers above that a response keeps where it has them already. */
  readonly keepIfPresent?: readonly string[];
  /** Lower-case names of headers that are taken away. */
  readonly removeHeaders?: readonly string[];
}

/** The header set of the paths that a pattern matches. */
export interface CompiledPathOverride extends CompiledHeaderSet {
  readonly pathPattern: string;
  /** The source of a regular expression; absent where the pattern is compared as it is. */
  readonly pattern?: string;
}

/** The options as the handler reads them: plain JSON. */
export interface CompiledSecurityHeaders extends CompiledHeaderSet {
  /** The source of a regular expression, without regard to case, for a document's Content-Type. */
  readonly documentContentType?: string;
  /** The first whose pattern matches counts in place of the set beside it. */
  readonly pathOverrides?: readonly CompiledPathOverride[];
  /** Where the function runs, if not at viewer-response. */
  readonly eventType?: "origin-response";
}
