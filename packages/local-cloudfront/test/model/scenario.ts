import fc from "fast-check";

/** What a function does, on all files or on `a` alone; it lets all others pass. */
export interface FunctionBehavior<Action> {
  readonly does: Action;
  readonly onlyForA: boolean;
}

/** A response that a request function returns. */
interface Generate {
  readonly kind: "generate";
  readonly status: number;
  readonly cacheControl: string | undefined;
}

export type RequestAction =
  | { readonly kind: "pass" | "throw" | "rewrite" | "query" | "header" }
  | Generate;

export type ResponseAction =
  | { readonly kind: "pass" | "throw" | "mark" }
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "cache-control"; readonly value: string };

/** A cache behavior with its policy and functions. */
export interface ModelBehavior {
  /** Seconds. */
  readonly minTtl: number;
  readonly defaultTtl: number;
  readonly maxTtl: number;
  /** Whether the cache key has the query string, the header X-K, the cookie `c`. */
  readonly keyHasQuery: boolean;
  readonly keyHasHeader: boolean;
  readonly keyHasCookie: boolean;
  /** Whether CloudFront compresses: gzip alone. */
  readonly compresses: boolean;
  readonly viewerRequest: FunctionBehavior<RequestAction> | undefined;
  readonly originRequest: FunctionBehavior<RequestAction> | undefined;
  readonly originResponse: FunctionBehavior<ResponseAction> | undefined;
  readonly viewerResponse: FunctionBehavior<ResponseAction> | undefined;
  /** The statuses at which an origin group goes to its second origin; undefined without a group. */
  readonly failover: readonly number[] | undefined;
  /** What the response headers policy does with the header X-Policy; undefined without one. */
  readonly headersPolicy: HeadersPolicy | undefined;
}

/** `adds` leaves a header of the origin's as it is. */
export type HeadersPolicy = "adds" | "overrides" | "removes";

/** What the distribution does with a status of the origin. */
export interface ErrorRule {
  readonly errorCode: number;
  readonly minTtl: number;
  /** Undefined where there is no page. */
  readonly responseCode: number | undefined;
}

/** A request within the cache behavior's path. */
export interface ModelRequest {
  readonly method: "GET" | "HEAD" | "POST";
  readonly file: "a" | "b" | "c";
  readonly query: string;
  readonly k: string | undefined;
  readonly cookie: string | undefined;
  /** The header Accept-Encoding. */
  readonly accepts: "gzip" | undefined;
  /** The header Range. */
  readonly range: string | undefined;
}

/** In the place of a status: the origin closes the connection. */
export const hangsUp = 0;

/** How the origin responds for a file from now on. */
export interface OriginResponse {
  readonly file: string;
  readonly status: number;
  readonly cacheControl: string | undefined;
  readonly hasEtag: boolean;
  /** Whether its body is worth compressing. */
  readonly isLarge: boolean;
}

/** What the files of the second origin are called by: `second/a`. */
export const secondOrigin = "second";

/** The page of custom error responses, served by a cache behavior of its own. */
export const pageFile = "page";

export type ModelEvent =
  | { readonly kind: "requests"; readonly requests: readonly ModelRequest[] }
  | { readonly kind: "advance"; readonly seconds: number }
  | { readonly kind: "origin"; readonly answer: OriginResponse }
  | { readonly kind: "invalidate"; readonly file: string };

const cacheControls = [
  undefined,
  "max-age=4",
  "max-age=0",
  "no-store",
  "no-cache",
  "no-cache",
  "private",
  "public",
  "max-age=1, s-maxage=6",
  "max-age=1, stale-if-error=5",
  "max-age=1, stale-while-revalidate=4",
  "max-age=2, stale-while-revalidate=100, stale-if-error=0",
  "max-age=1, stale-if-error=0",
  "max-age=100",
] as const;

const cacheControl = fc.constantFrom(...cacheControls);

const requestAction: fc.Arbitrary<RequestAction> = fc.oneof(
  fc
    .constantFrom("pass", "throw", "rewrite", "query", "header")
    .map((kind) => ({ kind }) as RequestAction),
  fc.record({
    kind: fc.constant("generate" as const),
    status: fc.constantFrom(200, 302, 404, 503),
    cacheControl,
  }),
);

const responseAction: fc.Arbitrary<ResponseAction> = fc.oneof(
  fc.constantFrom("pass", "throw", "mark").map((kind) => ({ kind }) as ResponseAction),
  fc.record({ kind: fc.constant("status" as const), status: fc.constantFrom(200, 404, 500) }),
  fc.record({
    kind: fc.constant("cache-control" as const),
    value: fc.constantFrom("max-age=2", "no-store"),
  }),
);

const mark: fc.Arbitrary<ResponseAction> = fc
  .constantFrom("pass", "throw", "mark")
  .map((kind) => ({ kind }) as ResponseAction);

function maybe<Action>(
  action: fc.Arbitrary<Action>,
): fc.Arbitrary<FunctionBehavior<Action> | undefined> {
  const onlyForA = fc.constantFrom(true, true, false);
  return fc.option(fc.record({ does: action, onlyForA }), { nil: undefined, freq: 2 });
}

const ttls = fc.constantFrom(
  { minTtl: 0, defaultTtl: 10, maxTtl: 20 },
  { minTtl: 0, defaultTtl: 0, maxTtl: 20 },
  { minTtl: 5, defaultTtl: 10, maxTtl: 20 },
  { minTtl: 5, defaultTtl: 5, maxTtl: 5 },
  { minTtl: 1, defaultTtl: 3, maxTtl: 3 },
  { minTtl: 0, defaultTtl: 0, maxTtl: 0 },
);

/** Cache behaviors. What is 0/0/0 has no cache key beside the path (AWS refuses such a policy). */
export const behaviors: fc.Arbitrary<ModelBehavior> = fc
  .tuple(
    ttls,
    fc.record({
      keyHasQuery: fc.boolean(),
      keyHasHeader: fc.boolean(),
      keyHasCookie: fc.boolean(),
      compresses: fc.boolean(),
    }),
    fc.record({
      viewerRequest: maybe(requestAction),
      originRequest: maybe(requestAction),
      originResponse: maybe(responseAction),
      viewerResponse: maybe(mark),
      failover: fc.constantFrom(undefined, undefined, [500, 503], [403, 404]),
      headersPolicy: fc.constantFrom<HeadersPolicy | undefined>(
        undefined,
        undefined,
        "adds",
        "overrides",
        "removes",
      ),
    }),
  )
  .map(([ttl, key, functions]) => {
    const isCached = ttl.maxTtl > 0;
    return {
      ...ttl,
      keyHasQuery: isCached && key.keyHasQuery,
      keyHasHeader: isCached && key.keyHasHeader,
      keyHasCookie: isCached && key.keyHasCookie,
      compresses: isCached && key.compresses,
      ...functions,
    };
  });

/** Custom error responses, one for each status. */
export const errorRules: fc.Arbitrary<readonly ErrorRule[]> = fc.uniqueArray(
  fc.record({
    errorCode: fc.constantFrom(403, 404, 500, 503),
    minTtl: fc.constantFrom(0, 3, 12),
    responseCode: fc.constantFrom(undefined, 200, 404),
  }),
  { selector: ({ errorCode }) => errorCode, maxLength: 3 },
);

const file = fc.constantFrom("a", "b", "b", "c");

const request: fc.Arbitrary<ModelRequest> = fc
  .record({
    method: fc.constantFrom("GET", "GET", "GET", "HEAD", "POST"),
    file: file as fc.Arbitrary<ModelRequest["file"]>,
    query: fc.constantFrom("", "", "q=1", "q=2"),
    k: fc.constantFrom(undefined, "1", "2"),
    cookie: fc.constantFrom(undefined, "1"),
    accepts: fc.constantFrom(undefined, "gzip" as const),
    range: fc.constantFrom(
      undefined,
      undefined,
      undefined,
      "bytes=0-1",
      "bytes=1-",
      "bytes=90-",
      "bytes=1-0",
    ),
  })
  // Offsets of compressed bytes are not of this model.
  .map((one) => (one.range === undefined ? one : { ...one, accepts: undefined }));

const status = fc.constantFrom(200, 200, 200, 301, 307, 403, 404, 500, 503, hangsUp);

function answerOf(name: fc.Arbitrary<string>): fc.Arbitrary<ModelEvent> {
  return fc.record({
    kind: fc.constant("origin" as const),
    answer: fc.record({
      file: name,
      status,
      cacheControl,
      hasEtag: fc.boolean(),
      isLarge: fc.boolean(),
    }),
  });
}

const advance: fc.Arbitrary<ModelEvent> = fc.record({
  kind: fc.constant("advance" as const),
  seconds: fc.constantFrom(1, 2, 3, 5, 10, 20),
});

const requests: fc.Arbitrary<ModelEvent> = fc.record({
  kind: fc.constant("requests" as const),
  requests: fc.array(request, { minLength: 1, maxLength: 3 }),
});

/** Those that are the same at once are what collapses. */
const sameRequests: fc.Arbitrary<ModelEvent> = fc
  .tuple(request, fc.integer({ min: 2, max: 4 }))
  .map(([same, count]) => ({
    kind: "requests" as const,
    requests: Array.from({ length: count }, () => same),
  }));

const invalidate: fc.Arbitrary<ModelEvent> = fc.record({
  kind: fc.constant("invalidate" as const),
  file: fc.constantFrom("a", "b", "*"),
});

/** One file again and again, while time passes and the origin changes. */
const oneFile: fc.Arbitrary<readonly ModelEvent[]> = fc
  .tuple(
    request,
    fc.array(fc.tuple(fc.option(status), cacheControl, fc.boolean(), fc.boolean(), advance)),
  )
  .map(([one, changes]) =>
    changes.flatMap(([changed, cacheControl, hasEtag, isLarge, later]): readonly ModelEvent[] => [
      ...(changed === null
        ? []
        : [
            {
              kind: "origin" as const,
              answer: { file: one.file, status: changed, cacheControl, hasEtag, isLarge },
            },
          ]),
      { kind: "requests", requests: [one] },
      later,
    ]),
  );

const any: fc.Arbitrary<readonly ModelEvent[]> = fc
  .oneof(
    requests,
    sameRequests,
    advance,
    answerOf(file),
    answerOf(file.map((name) => `${secondOrigin}/${name}`)),
    answerOf(fc.constant(pageFile)),
    invalidate,
  )
  .map((event) => [event]);

/** What happens to a distribution, in order; what stands together in `requests` is sent at once. */
export const eventSequences: fc.Arbitrary<readonly ModelEvent[]> = fc
  .array(fc.oneof({ weight: 4, arbitrary: any }, { weight: 1, arbitrary: oneFile }), {
    minLength: 1,
    maxLength: 12,
    size: "max",
  })
  .map((parts) => parts.flat());
