import type { StoredResponse } from "./model-cache.ts";
import type { ErrorRule, ModelBehavior, ModelEvent, OriginResponse } from "./scenario.ts";

/** What a viewer sees of its request, and what was done for it. */
export interface Outcome {
  readonly status: number;
  readonly xCache: string;
  readonly body: string;
  /** Of objects from the cache, in seconds. */
  readonly age: number | undefined;
  readonly marks: readonly string[];
  /** The header X-Policy: who has set it. */
  readonly policyHeader: string | undefined;
  readonly encoding: string | undefined;
  /** The event types whose functions ran. */
  readonly invoked: readonly string[];
  /** The requests to the origins, as in `GET a 200` and `GET second/a 200`. */
  readonly origin: readonly string[];
}

/** A distribution at one time. */
export interface World {
  readonly now: number;
  readonly cache: Readonly<Record<string, StoredResponse>>;
  readonly origin: Readonly<Record<string, OriginResponse & { readonly version: number }>>;
}

export const firstWorld: World = { now: 0, cache: {}, origin: {} };

/** The distribution that the model is of. */
export interface ModelDistribution {
  readonly behavior: ModelBehavior;
  readonly errorRules: readonly ErrorRule[];
}

/** The cache behavior of the page of custom error responses. */
export const pageBehavior: ModelBehavior = {
  minTtl: 0,
  defaultTtl: 10,
  maxTtl: 20,
  keyHasQuery: false,
  keyHasHeader: false,
  keyHasCookie: false,
  compresses: false,
  viewerRequest: undefined,
  originRequest: undefined,
  originResponse: undefined,
  viewerResponse: undefined,
  failover: undefined,
  headersPolicy: undefined,
};

/** What stands in for CloudFront's own error pages. */
export const cloudFrontPage = "CloudFront's page";

/** What the origin responds with before anything is said of a file. */
export function defaultAnswer(file: string): OriginResponse & { readonly version: number } {
  return { file, status: 200, cacheControl: undefined, hasEtag: false, isLarge: false, version: 0 };
}

/** Two origins do not call different versions by one name. */
export function etagOf(file: string, version: number): string {
  return `"${file.includes("/") ? "second-" : ""}${version}"`;
}

/** The least that CloudFront compresses, in bytes (CF-G-30). */
export const leastCompressed = 1000;

export function bodyOf({
  file,
  version,
  isLarge,
}: OriginResponse & { readonly version: number }): string {
  return `${file} ${version}${isLarge ? ".".repeat(leastCompressed) : ""}`;
}

/** What happens beside requests. */
export function takeEvent(world: World, event: Exclude<ModelEvent, { kind: "requests" }>): World {
  switch (event.kind) {
    case "advance":
      return { ...world, now: world.now + event.seconds };
    case "origin": {
      const { answer } = event;
      const version = (world.origin[answer.file]?.version ?? 0) + 1;
      return { ...world, origin: { ...world.origin, [answer.file]: { ...answer, version } } };
    }
    case "invalidate": {
      const kept = Object.entries(world.cache).filter(
        ([key]) => event.file !== "*" && !key.includes(`["${event.file}",`),
      );
      return { ...world, cache: Object.fromEntries(kept) };
    }
  }
}
