import {
  servesStale,
  servesWhileRefreshing,
  ttlOf,
  type ModelResponse,
  type StoredResponse,
} from "./model-cache.ts";
import { afterPolicy, badGateway, compressed, partOf, type Served } from "./model-response.ts";
import {
  hangsUp,
  pageFile,
  secondOrigin,
  type FunctionBehavior,
  type ModelBehavior,
  type ModelRequest,
} from "./scenario.ts";
import {
  bodyOf,
  cloudFrontPage,
  defaultAnswer,
  etagOf,
  pageBehavior,
  type ModelDistribution,
  type Outcome,
  type World,
} from "./world.ts";

const failed = "LambdaExecutionError";

/** One request's way through the distribution, written down as AWS's documentation has it. */
class RequestWay {
  readonly #distribution: ModelDistribution;
  readonly #now: number;
  /** What a request found that waited in vain for another's response (LE-A-44). */
  readonly #foundBefore: World["cache"] | undefined;
  readonly #origin: World["origin"];
  cache: Record<string, StoredResponse>;
  readonly #invoked: string[] = [];
  readonly #requested: string[] = [];

  constructor(
    world: World,
    distribution: ModelDistribution,
    foundBefore: World["cache"] | undefined,
  ) {
    this.#foundBefore = foundBefore;
    this.#distribution = distribution;
    this.#now = world.now;
    this.#origin = world.origin;
    this.cache = { ...world.cache };
  }

  take(request: ModelRequest): Outcome {
    const { behavior } = this.#distribution;
    const served = this.#afterViewerRequest(request);
    const withPolicy = afterPolicy(behavior, served);
    // A function's failure is a response of its own.
    const completed = withPolicy.runsViewerResponse
      ? afterPolicy(behavior, this.#viewerResponse(behavior, request, withPolicy))
      : withPolicy;
    const { response, xCache, age } = completed;
    return {
      status: response.status,
      xCache,
      body: request.method === "HEAD" ? "" : response.body,
      age,
      marks: response.marks,
      policyHeader: response.policyHeader,
      encoding: response.encoding,
      invoked: this.#invoked,
      origin: this.#requested,
    };
  }

  #afterViewerRequest(request: ModelRequest): Served {
    const { behavior } = this.#distribution;
    const decided = this.#requestFunction("viewer-request", behavior.viewerRequest, request);
    if (decided === "failed") return executionError();
    // LE-A-11
    if ("status" in decided) return generatedByViewerRequest(decided);
    const served = this.#throughCache(behavior, decided, "");
    // LE-A-10, CF-H-17
    const rule = this.#distribution.errorRules.find(
      ({ errorCode }) => errorCode === served.response.status,
    );
    return served.fromOrigin && served.response.status >= 400 && rule?.responseCode !== undefined
      ? this.#errorPage(decided, rule.responseCode)
      : served;
  }

  #errorPage(request: ModelRequest, responseCode: number): Served {
    const page = this.#throughCache(
      pageBehavior,
      { ...request, method: "GET", range: undefined },
      pageFile,
    );
    const response =
      page.response.status >= 400 ? page.response : { ...page.response, status: responseCode };
    return { ...page, response, xCache: "Error", runsViewerResponse: false };
  }

  #throughCache(behavior: ModelBehavior, request: ModelRequest, page: string): Served {
    const file = page === "" ? request.file : page;
    // LE-A-45, CF-G-14
    if (request.method === "POST" || behavior.maxTtl === 0) {
      const got = this.#fromOrigin(behavior, request, file, undefined);
      return got === "failed" ? executionError() : fresh(got);
    }
    const key = keyOf(behavior, request, file);
    const usable = ({ [key]: found }: World["cache"]): StoredResponse | undefined =>
      found?.headersOnly === true && request.method !== "HEAD" ? undefined : found;
    const stored = usable(this.cache);
    const expired = usable(this.#foundBefore ?? this.cache);
    const isServedStale =
      expired !== undefined && servesWhileRefreshing(expired, behavior, this.#now);
    // Who found it stale waits for nobody: another has it refreshed.
    if (isServedStale && this.#foundBefore !== undefined) {
      return partOf(this.#hit(expired), request);
    }
    const isOvertaken =
      this.#foundBefore !== undefined && stored?.isOfHead === true && request.method === "GET";
    if (stored !== undefined && this.#now < stored.expiresAt && !isOvertaken) {
      return partOf(this.#hit(stored), request);
    }
    if (isServedStale) {
      this.#refreshUnseen(behavior, request, file, key, expired);
      return partOf(this.#hit(expired), request);
    }
    return partOf(this.#expiredOrMissing(behavior, request, file, key, expired), request);
  }

  /** In the background: nobody sees what comes of it but the cache. */
  #refreshUnseen(
    behavior: ModelBehavior,
    request: ModelRequest,
    file: string,
    key: string,
    stored: StoredResponse,
  ): void {
    const before = [this.#invoked.length, this.#requested.length] as const;
    this.#expiredOrMissing(behavior, request, file, key, stored);
    this.#invoked.length = before[0];
    this.#requested.length = before[1];
  }

  #expiredOrMissing(
    behavior: ModelBehavior,
    request: ModelRequest,
    file: string,
    key: string,
    stored: StoredResponse | undefined,
  ): Served {
    // An error is asked for anew.
    const known = stored !== undefined && stored.response.status < 400 ? stored : undefined;
    const got = this.#fromOrigin(behavior, request, file, known?.response.etag);
    if (got === "failed") return executionError();
    const { errorRules } = this.#distribution;
    if (known !== undefined && got.response.status === 304) {
      const response = refreshed(known.response, got.response);
      this.#store(behavior, key, request, response, known.headersOnly);
      return { ...fresh({ ...got, response }), xCache: "RefreshHit" };
    }
    // CF-G-17 to CF-G-19
    if (
      known !== undefined &&
      got.response.status >= 500 &&
      servesStale(known, behavior, this.#now)
    ) {
      const least = errorRules.find(({ errorCode }) => errorCode === got.response.status)?.minTtl;
      const expiresAt = Math.max(known.expiresAt, this.#now + (least ?? 10));
      this.cache[key] = { ...known, expiresAt };
      return this.#hit(known);
    }
    // What a function or CloudFront itself has made has a body, whatever was asked for.
    const isMadeHere = got.isGenerated || got.response === badGateway;
    const headersOnly = request.method === "HEAD" && !isMadeHere;
    const response = compressed(behavior, request, got.response);
    this.#store(behavior, key, request, response, headersOnly);
    return fresh({ ...got, response });
  }

  /** What may not be stored leaves nothing of an older version, unless it is an error. */
  #store(
    behavior: ModelBehavior,
    key: string,
    { method }: ModelRequest,
    response: ModelResponse,
    headersOnly: boolean,
  ): void {
    const ttl = ttlOf(response, behavior, this.#distribution.errorRules);
    if (ttl !== undefined) {
      this.cache[key] = {
        response,
        storedAt: this.#now,
        ttl,
        expiresAt: this.#now + ttl,
        headersOnly,
        isOfHead: method === "HEAD",
      };
    } else if (response.status < 400) delete this.cache[key];
  }

  #hit({ response, storedAt }: StoredResponse): Served {
    const isError = response.status >= 400;
    return {
      response,
      xCache: isError ? "Error" : "Hit",
      age: this.#now - storedAt,
      runsViewerResponse: !isError,
      fromOrigin: true,
    };
  }

  /** The origin, or where that fails the second one of its group (LE-A-22, LE-A-23). */
  #fromOrigin(
    behavior: ModelBehavior,
    request: ModelRequest,
    file: string,
    etag: string | undefined,
  ): FromOrigin | "failed" {
    const first = this.#fromOneOrigin("", behavior, request, file, etag);
    const { failover } = behavior;
    if (first === "failed" || first.isGenerated || failover === undefined) return first;
    const { originStatus } = first;
    const failsOver = originStatus === undefined || failover.includes(originStatus);
    return failsOver && request.method !== "POST"
      ? this.#fromOneOrigin(`${secondOrigin}/`, behavior, request, file, etag)
      : first;
  }

  /** origin-request, the origin, origin-response. */
  #fromOneOrigin(
    origin: string,
    behavior: ModelBehavior,
    request: ModelRequest,
    file: string,
    etag: string | undefined,
  ): FromOrigin | "failed" {
    const isPage = file === pageFile;
    const decided = this.#requestFunction("origin-request", behavior.originRequest, request);
    if (decided === "failed") return "failed";
    // LE-A-07
    if ("status" in decided)
      return { response: decided, isGenerated: true, originStatus: undefined };
    const asked = isPage ? file : decided.file;
    const response = this.#ask(decided.method, `${origin}${asked}`, etag);
    if (response === undefined) {
      return { response: badGateway, isGenerated: false, originStatus: undefined };
    }
    const changed = this.#originResponse(behavior, decided, response);
    if (changed === "failed") return changed;
    return { response: changed, isGenerated: false, originStatus: response.status };
  }

  /** Undefined where the origin hangs up. */
  #ask(method: string, file: string, etag: string | undefined): ModelResponse | undefined {
    const answer = this.#origin[file] ?? defaultAnswer(file);
    if (answer.status === hangsUp) {
      this.#requested.push(`${method} ${file} ${undefined}`);
      return undefined;
    }
    const own = answer.hasEtag ? etagOf(file, answer.version) : undefined;
    const isSame = own !== undefined && own === etag?.replace(/^W\//, "");
    const status = isSame ? 304 : answer.status;
    this.#requested.push(`${method} ${file} ${status}`);
    return {
      status,
      cacheControl: answer.cacheControl,
      etag: own,
      marks: [],
      policyHeader: "origin",
      body: isSame ? "" : bodyOf({ ...answer, file }),
      encoding: undefined,
      hasLength: !isSame,
    };
  }

  #originResponse(
    behavior: ModelBehavior,
    request: ModelRequest,
    response: ModelResponse,
  ): ModelResponse | "failed" {
    const { originResponse } = behavior;
    if (originResponse === undefined) return response;
    this.#invoked.push("origin-response");
    if (!runsOn(originResponse, request)) return response;
    const { does } = originResponse;
    switch (does.kind) {
      case "throw":
        return "failed";
      case "status":
        return { ...response, status: does.status };
      case "cache-control":
        return { ...response, cacheControl: does.value };
      case "mark":
        return { ...response, marks: ["origin-response"] };
      case "pass":
        return response;
    }
  }

  #viewerResponse(behavior: ModelBehavior, request: ModelRequest, served: Served): Served {
    const { viewerResponse } = behavior;
    if (viewerResponse === undefined) return served;
    this.#invoked.push("viewer-response");
    const sees = this.#seenByViewerResponse(behavior, request);
    if (!runsOn(viewerResponse, sees)) return served;
    if (viewerResponse.does.kind === "throw") return executionError();
    if (viewerResponse.does.kind === "pass") return served;
    const marks = [...served.response.marks, "viewer-response"];
    return { ...served, response: { ...served.response, marks } };
  }

  /** viewer-response gets the request as viewer-request left it (LE-B-46). */
  #seenByViewerResponse({ viewerRequest }: ModelBehavior, request: ModelRequest): ModelRequest {
    return viewerRequest?.does.kind === "rewrite" && runsOn(viewerRequest, request)
      ? { ...request, file: "b" }
      : request;
  }

  #requestFunction(
    eventType: "viewer-request" | "origin-request",
    behavior: ModelBehavior["viewerRequest"],
    request: ModelRequest,
  ): ModelRequest | ModelResponse | "failed" {
    if (behavior === undefined) return request;
    this.#invoked.push(eventType);
    if (!runsOn(behavior, request)) return request;
    const { does } = behavior;
    switch (does.kind) {
      case "throw":
        return "failed";
      case "pass":
        return request;
      case "rewrite":
        return { ...request, file: "b" };
      case "query":
        return { ...request, query: "q=9" };
      case "header":
        return { ...request, k: "9" };
      case "generate": {
        const { status, cacheControl } = does;
        return {
          status,
          cacheControl,
          etag: undefined,
          marks: [],
          policyHeader: undefined,
          body: `generated at ${eventType}`,
          encoding: undefined,
          hasLength: false,
        };
      }
    }
  }
}

interface FromOrigin {
  readonly response: ModelResponse;
  readonly isGenerated: boolean;
  /** As the origin gave it; undefined where it gave none. */
  readonly originStatus: number | undefined;
}

function runsOn({ onlyForA }: FunctionBehavior<unknown>, { file }: ModelRequest): boolean {
  return !onlyForA || file === "a";
}

function fresh({ response, isGenerated }: Pick<FromOrigin, "response" | "isGenerated">): Served {
  const isError = response.status >= 400;
  const xCache = isGenerated ? "LambdaGeneratedResponse" : isError ? "Error" : "Miss";
  // LE-A-08
  return { response, xCache, age: undefined, runsViewerResponse: !isError, fromOrigin: true };
}

function generatedByViewerRequest(response: ModelResponse): Served {
  const xCache = "LambdaGeneratedResponse";
  return { response, xCache, age: undefined, runsViewerResponse: false, fromOrigin: false };
}

/** LE-C-19 */
function executionError(): Served {
  const response = {
    status: 503,
    cacheControl: undefined,
    etag: undefined,
    marks: [],
    policyHeader: undefined,
    body: cloudFrontPage,
    encoding: undefined,
    hasLength: true,
  };
  return { response, xCache: failed, age: undefined, runsViewerResponse: false, fromOrigin: false };
}

/** A 304 brings the headers that it has; the stored ones that it lacks stay. */
function refreshed(stored: ModelResponse, notModified: ModelResponse): ModelResponse {
  const cacheControl = notModified.cacheControl ?? stored.cacheControl;
  const marks = notModified.marks.length > 0 ? notModified.marks : stored.marks;
  return { ...stored, cacheControl, marks };
}

function keyOf(
  behavior: ModelBehavior,
  { query, k, cookie, accepts }: ModelRequest,
  file: string,
): string {
  return JSON.stringify([
    file,
    behavior.keyHasQuery ? query : "",
    behavior.keyHasHeader ? k : undefined,
    behavior.keyHasCookie ? cookie : undefined,
    behavior.compresses ? accepts : undefined,
  ]);
}

/**
 * Takes one request; returns what comes of it and the world after it.
 *
 * @param foundBefore the cache as the request found it, where others have been responded to meanwhile
 */
export function takeRequest(
  world: World,
  distribution: ModelDistribution,
  request: ModelRequest,
  foundBefore?: World["cache"],
): { readonly outcome: Outcome; readonly world: World } {
  const way = new RequestWay(world, distribution, foundBefore);
  const outcome = way.take(request);
  return { outcome, world: { ...world, cache: way.cache } };
}
