import type { ModelResponse } from "./model-cache.ts";
import type { ModelBehavior, ModelRequest } from "./scenario.ts";
import { cloudFrontPage, leastCompressed } from "./world.ts";

/** A response before it leaves for the viewer. */
export interface Served {
  readonly response: ModelResponse;
  readonly xCache: string;
  readonly age: number | undefined;
  /** Whether viewer-response runs. */
  readonly runsViewerResponse: boolean;
  /** Whether custom error responses apply. */
  readonly fromOrigin: boolean;
}

/** What CloudFront makes of an origin without a response (CF-K-04). */
export const badGateway: ModelResponse = {
  status: 502,
  cacheControl: undefined,
  etag: undefined,
  marks: [],
  policyHeader: undefined,
  body: cloudFrontPage,
  encoding: undefined,
  hasLength: true,
};

/** What is stored is compressed before; a strong ETag is weak then (CF-G-30, CF-G-31). */
export function compressed(
  { compresses }: ModelBehavior,
  { method, accepts }: ModelRequest,
  response: ModelResponse,
): ModelResponse {
  const isWorthIt = response.hasLength && response.body.length >= leastCompressed;
  const isCompressible = [200, 403, 404].includes(response.status) && method !== "HEAD";
  if (!compresses || accepts === undefined || !isWorthIt || !isCompressible) return response;
  const etag = response.etag === undefined ? undefined : `W/${response.etag}`;
  return { ...response, encoding: "gzip", etag };
}

/** The range that a GET asks for, of an object that is cached whole (CF-G-34). */
export function partOf(served: Served, { method, range }: ModelRequest): Served {
  const { response } = served;
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? "") ?? [];
  if (method !== "GET" || from === undefined || response.status !== 200 || !response.hasLength) {
    return served;
  }
  const first = Number(from);
  const last = to === "" ? response.body.length - 1 : Number(to);
  if (last < first && to !== "") return served;
  if (first >= response.body.length) {
    const refused = { ...badGateway, status: 416 };
    return {
      ...served,
      response: refused,
      xCache: "Error",
      age: undefined,
      runsViewerResponse: false,
    };
  }
  const body = response.body.slice(first, last + 1);
  return { ...served, response: { ...response, status: 206, body } };
}

/** The response headers policy: on each response, whoever made it. */
export function afterPolicy({ headersPolicy }: ModelBehavior, served: Served): Served {
  const { response } = served;
  const policyHeaderOf = (): string | undefined => {
    switch (headersPolicy) {
      case undefined:
        return response.policyHeader;
      case "adds":
        return response.policyHeader ?? "policy";
      case "overrides":
        return "policy";
      case "removes":
        return undefined;
    }
  };
  return { ...served, response: { ...response, policyHeader: policyHeaderOf() } };
}
