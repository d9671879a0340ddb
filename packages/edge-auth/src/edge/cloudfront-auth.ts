import type {
  CloudFrontFunctionEventRequest,
  CloudFrontFunctionResponse,
  CloudFrontFunctionViewerRequestEvent,
  CloudFrontFunctionViewerRequestResult,
} from "cf-types";
import { cloudFrontFunctionReader } from "edge-handler";
import type { AuthEngine, TokenSupport } from "./auth-engine.ts";
import { decide, type Refusal, statusDescriptions } from "./decide.ts";
import { systemClock } from "./clock.ts";
import type { ReadyEdgeAuth } from "./ready-edge-auth.ts";

/** The runtime's own. */
declare function require(module: "crypto"): {
  createHmac(
    algorithm: "sha256",
    key: string,
  ): { update(text: string): { digest(encoding: "hex" | "base64url"): string } };
};
declare const Buffer: {
  from(text: string, encoding: "base64" | "base64url"): { toString(): string };
};

const commonEngine: Omit<AuthEngine<CloudFrontFunctionEventRequest>, "tokens"> = {
  reader: cloudFrontFunctionReader,
  now: () => systemClock.now() / 1000,
  hmac: (key, text, encoding) =>
    require("crypto").createHmac("sha256", key).update(text).digest(encoding),
  decode: (text, encoding) => Buffer.from(text, encoding).toString(),
  // The runtime checks no signatures of private keys: synth places such options on Lambda@Edge.
  isSigned: () => false,
};

/** Returns the handler of `createEdgeAuth` for CloudFront Functions: the same decision, with what is known of tokens. */
export function createCloudFrontAuth(
  ready: ReadyEdgeAuth,
  tokens: TokenSupport,
): (event: CloudFrontFunctionViewerRequestEvent) => CloudFrontFunctionViewerRequestResult {
  const engine = Object.assign({ tokens }, commonEngine);
  return (event) => {
    const request = event.request;
    const decision = decide(ready, request, engine);
    if (decision.refusal) return refusal(decision.refusal);
    decision.removedHeaders.forEach((name) => {
      delete request.headers[name];
    });
    if (decision.removedCookie !== undefined) delete request.cookies[decision.removedCookie];
    decision.headers.forEach((header) => {
      request.headers[header[0]] = { value: header[1] };
    });
    return request;
  };
}

function refusal(refused: Refusal): CloudFrontFunctionResponse {
  return {
    statusCode: refused.status,
    statusDescription: statusDescriptions[refused.status],
    headers: {
      "cache-control": { value: "no-store" },
      "content-type": { value: "text/plain; charset=utf-8" },
      "www-authenticate": { value: refused.challenge },
    },
    body: `${statusDescriptions[refused.status]}: ${refused.reason}.\n`,
  };
}
