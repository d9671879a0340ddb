import type { ConditionSource } from "./read-request-value.ts";

/** The options as the handler reads them: plain JSON, every pattern a table, every response ready. */
export interface CompiledSecretRedirect {
  /** The rules in their order: the first that matches responds. */
  readonly rules: readonly CompiledRule[];
  /** What responses have in common, each once. */
  readonly responses: readonly CompiledResponse[];
  /** The rules by what their patterns match. */
  readonly tree: RuleTree;
  /**
   * The source of a regular expression for the paths that a rule may match. Most requests are for others, which
   * Lambda@Edge lets pass at once.
   */
  readonly candidates: string;
  /** How many of the redirects are logged, from 0 to 1. Absent: none. */
  readonly logSampleRate?: number;
}

/** One rule: what else than the path it asks for, and how its Location is written. */
export interface CompiledRule {
  /** The pattern as it was given, for `explain`. */
  readonly from: string;
  /** Where the rule was written, as in `_redirects:12`. */
  readonly source?: string;
  /** An index in `responses`. */
  readonly response: number;
  /** All must hold. */
  readonly when?: readonly CompiledCondition[];
  /** The Location up to its `fragment`. */
  readonly to: string | readonly LocationPart[];
  /** With `#`. Absent where it is part of `to`, or there is none. */
  readonly fragment?: string | readonly LocationPart[];
  /** The parameters of the request that are not passed on. Absent: none is passed on. */
  readonly query?: readonly string[];
  /** Milliseconds since 1970: no cache may keep the response longer. */
  readonly until?: number;
}

/** Status and caching of a response. */
export interface CompiledResponse {
  readonly status: string;
  readonly statusDescription: string;
  readonly cacheControl: string;
}

/** Text of a Location: written out, or taken from the request. */
export type LocationPart = string | PathCapture | QueryCapture;

/** What a placeholder or splat of the pattern captured, without `skip` characters before and `drop` behind. */
export interface PathCapture {
  /** The index of the segment; the first has 1. */
  readonly segment: number;
  readonly skip?: number;
  readonly drop?: number;
  /** All segments from this one on. */
  readonly splat?: true;
  /** Written into the query string, where `&`, `=`, `+` and `;` have a meaning. */
  readonly inQuery?: true;
}

/** The value of a query parameter of the request. */
export interface QueryCapture {
  readonly parameter: string;
}

/** One thing that a rule asks of the request. */
export type CompiledCondition = ValueCondition | TimeCondition;

/** A value of the request is among some values, is absent, or is present. */
export interface ValueCondition {
  readonly in: ConditionSource;
  /** The header's, cookie's or parameter's name; a header's in lower case. */
  readonly name: string;
  /** Exactly one of these three is given. */
  readonly oneOf?: readonly string[];
  readonly absent?: boolean;
  /** Hexadecimal, of the only value that is accepted. */
  readonly sha256?: string;
}

/** The time lies within a window, in milliseconds since 1970. */
export interface TimeCondition {
  readonly in: "time";
  /** The first moment that lies within. */
  readonly from?: number;
  /** The first moment that no longer does. */
  readonly until?: number;
}

/**
 * What may come next in a path. The keys of the tables begin with `/`, so that none is the name of
 * something that every object has.
 */
export interface RuleTree {
  /** By the whole segment. */
  readonly literals?: Readonly<Record<string, RuleTree>>;
  /** By the segment's first and last characters, with `*` between: their numbers, and the table. */
  readonly partials?: readonly (readonly [number, number, Readonly<Record<string, RuleTree>>])[];
  /** Any segment. */
  readonly placeholder?: RuleTree;
  /** The rules that match any path from here on that has at least one segment more. */
  readonly splat?: readonly number[];
  /** The rules that match when the path ends here. */
  readonly end?: readonly number[];
  /** The same when it ends with `/`. Absent: as `end`. */
  readonly slash?: readonly number[];
}
