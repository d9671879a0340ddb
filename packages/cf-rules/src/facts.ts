import facts from "./facts.json" with { type: "json" };
import fidelity from "./fidelity.json" with { type: "json" };

/** How sure the source of a fact is. */
export type Confidence = "documented" | "inferred" | "folklore";

/** One fact of how CloudFront or its edge functions behave. */
export interface Fact {
  /** As in `LE-H-03`: cited by tests, messages and traces. */
  readonly id: string;
  /**
   * `documented`: stated by AWS. `inferred`: follows from what AWS states. `folklore`: seen in
   * responses and logs that others have published.
   */
  readonly confidence: Confidence;
  /** One or more sentences. VR, OR, OResp and VResp stand for the four event types. */
  readonly fact: string;
  /**
   * The pages and threads that it is taken from; none where it follows from responses and logs alone, or
   * from a standard.
   */
  readonly sources: readonly string[];
}

/** Why the local CloudFront does not do what a fact says, or no test of it holds the fact. */
export interface FidelityException {
  /**
   * `different`: done otherwise on purpose. `not-local`: about AWS's own services, which a local
   * server does not have. `elsewhere`: held by another package. `open`: not done yet.
   */
  readonly status: "different" | "not-local" | "elsewhere" | "open";
  readonly why: string;
}

/** Every fact, in the order of its sections. */
export const cloudFrontFacts: readonly Fact[] = facts as readonly Fact[];

/** What the sections are about, by the letter in an id. */
export const factSections: Readonly<Record<string, string>> = {
  A: "Request lifecycle: which event runs when",
  B: "Event structure and what may change",
  C: "Header rules and how failures show",
  D: "Generated and updated responses",
  E: "Quotas, runtimes, Lambda features",
  F: "IAM, logs, replication, deployment",
  G: "Caching",
  H: "S3 origins and custom error responses",
  I: "CloudFront Functions",
  J: "Path patterns and limits of URLs and headers",
  K: "Access log fields",
  P: "Platform facts of 2025 and 2026",
};

/** The exceptions, by the id of the fact. */
export const fidelityExceptions: Readonly<Record<string, FidelityException>> = fidelity as Readonly<
  Record<string, FidelityException>
>;

/** Returns the fact with an id such as `LE-H-03`; undefined where there is none. */
export function findFact(id: string): Fact | undefined {
  return cloudFrontFacts.find((fact) => fact.id === id);
}

const abbreviations: Readonly<Record<string, string>> = {
  VR: "viewer-request",
  OR: "origin-request",
  OResp: "origin-response",
  VResp: "viewer-response",
  LE: "Lambda@Edge",
  CFF: "CloudFront Functions",
};

/** Writes out the abbreviations of a fact's text, as in `viewer-request` for `VR`. */
export function withEventNames(text: string): string {
  return text.replaceAll(
    /\b(?:VR|OR|OResp|VResp|LE|CFF)\b(?!-)/g,
    (name) => abbreviations[name] ?? name,
  );
}
