import type { Origin } from "cf-types";

/** A value of a request among others. */
export interface CompiledCondition {
  readonly in: "header" | "cookie";
  /** A header's in lower case. */
  readonly name: string;
  readonly oneOf: readonly string[];
}

/** What a request has to be, and where it goes. */
export interface CompiledOriginRule {
  /** The option, as in `rules[0]`: a rule of several hosts is one for each. */
  readonly name: string;
  /** The source of a regular expression over the host in lower case. */
  readonly host?: string;
  /** The source of a regular expression. */
  readonly path?: string;
  readonly when?: readonly CompiledCondition[];
  /** The source of a regular expression over a Region. */
  readonly regions?: string;
  readonly origin?: string;
  readonly prefix?: string;
}

/** An origin, as the engines take it. */
export interface CompiledOrigin {
  /** The origin and the Host that it is sent; `null` for one that is known by its id alone. */
  readonly lambdaEdge: { readonly origin: Origin; readonly host: string } | null;
  /** How a CloudFront Function calls it. */
  readonly call: OriginCall;
  /** `""` for none. */
  readonly indexDocument: string;
}

/** A helper of the module `cloudfront`, and what it takes (FN-I-49). */
export type OriginCall =
  | readonly [helper: "updateRequestOrigin" | "createRequestOriginGroup", given: object]
  | readonly [helper: "selectRequestOriginById", originId: string, options: object];

/** How viewers are divided among origins. */
export interface CompiledSplit {
  /** Up to which of 10,000 parts a viewer gets which origin, ascending. */
  readonly parts: readonly (readonly [upTo: number, origin: string])[];
  readonly cookie: string;
  /** The source of a regular expression. */
  readonly path: string;
  /** Of the cookie, as they follow its value. */
  readonly attributes: string;
}

/** The options as the handlers read them: plain JSON, nothing left to decide. */
export interface CompiledOriginSelect {
  readonly origins: Readonly<Record<string, CompiledOrigin>>;
  /** The name of an origin by host name, lower case. */
  readonly originOfHost: Readonly<Record<string, string>>;
  readonly rules: readonly CompiledOriginRule[];
  readonly split: CompiledSplit | null;
  /** Lower case. */
  readonly header: string;
}
