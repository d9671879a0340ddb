import { sampleCacheBehavior, sampleOriginRequestPolicy } from "./cache-behavior.ts";
import { sampleCustomOrigin } from "./origin.ts";
import type { CacheBehavior } from "../../src/distribution/distribution.ts";
import type { HttpRequest } from "../../src/http/http-message.ts";
import type { CachePolicy, OriginRequestPolicy } from "../../src/distribution/policies.ts";
import {
  composeOriginRequest,
  type OriginRequestInput,
} from "../../src/origin/compose-origin-request.ts";

/** Composes the request that goes to a custom origin. */
export function compose(
  cacheBehavior: CacheBehavior,
  request: HttpRequest,
  changes: Partial<OriginRequestInput> = {},
): HttpRequest {
  return composeOriginRequest({
    cacheBehavior,
    origin: sampleCustomOrigin(),
    request,
    requestId: "id==",
    httpVersion: "2.0",
    distributionDomainName: "dsample.cloudfront.net",
    viewerHeaders: {},
    validators: undefined,
    ...changes,
  });
}

/** The lines as they would go on the wire. */
export function linesOf({ headers }: HttpRequest): string[] {
  return Object.values(headers).flatMap((lines) =>
    lines.map(({ key, value }) => `${key}: ${value}`),
  );
}

/** Returns the first value of a header. */
export function valueOf({ headers }: HttpRequest, name: string): string | undefined {
  return headers[name]?.[0]?.value;
}

/** A cache behavior whose policies add nothing. */
export const plain = sampleCacheBehavior();

/** A cache behavior with policies that differ from the usual ones. */
export function withPolicies(
  cachePolicy: Partial<CachePolicy>,
  originRequestPolicy: Partial<OriginRequestPolicy> = {},
): CacheBehavior {
  return sampleCacheBehavior(cachePolicy, {
    originRequestPolicy: sampleOriginRequestPolicy(originRequestPolicy),
  });
}

/** What a browser sends. */
export const browserHeaders = {
  Host: "www.example.test",
  "User-Agent": "Mozilla/5.0",
  Accept: "text/html",
  "Accept-Language": "de",
  "Accept-Encoding": "gzip, deflate, br",
  Referer: "https://www.example.test/",
  Origin: "https://www.example.test",
  Cookie: "b=2; a=1",
  Authorization: "Basic eA==",
  "X-Custom": "1",
  Connection: "keep-alive",
  "X-Forwarded-Proto": "https",
  "X-Edge-Thing": "1",
  "X-Amz-Cf-Id": "forged",
  TE: "trailers",
};
