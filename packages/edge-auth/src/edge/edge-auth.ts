import type { GeneratedResponse, ViewerRequest, ViewerRequestHandler } from "cf-types";
import { lambdaEdgeReader } from "edge-handler";
import { refusalHeaders, ruleOfPath, withoutCookies } from "protected-paths";
import type { AuthEngine } from "./auth-engine.ts";
import type { CompiledEdgeAuth } from "./compiled-edge-auth.ts";
import {
  type AuthDecision,
  decide,
  type PassedRequest,
  type Refusal,
  statusDescriptions,
} from "./decide.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { EdgeAuthPorts } from "./edge-auth-ports.ts";
import { tokenSupport } from "./decide-token.ts";
import { isSignedByOneOf } from "./public-keys.ts";
import { readyEdgeAuth } from "./ready-edge-auth.ts";
import { RemoteKeys } from "./remote-keys.ts";

const crypto = process.getBuiltinModule("node:crypto");

/** Returns what a decision asks of Lambda@Edge. */
export function lambdaEdgeEngine(keys: RemoteKeys, clock: Clock): AuthEngine<ViewerRequest> {
  return {
    reader: lambdaEdgeReader,
    now: () => clock.now() / 1000,
    hmac: (key, text, encoding) => crypto.createHmac("sha256", key).update(text).digest(encoding),
    decode: (text, encoding) => Buffer.from(text, encoding).toString(),
    isSigned: ({ keys: own = [], jwksUrl }, signed) =>
      isSignedByOneOf(jwksUrl === undefined ? own : keys.of(jwksUrl), signed),
    tokens: tokenSupport,
  };
}

/**
 * Returns the viewer-request handler for Lambda@Edge: who may not see a path gets 401 or 403, and everybody else's
 * request goes on without credentials.
 */
export function createEdgeAuth(
  compiled: CompiledEdgeAuth,
  ports: EdgeAuthPorts = {},
): ViewerRequestHandler {
  const { clock = systemClock } = ports;
  const ready = readyEdgeAuth(compiled);
  const keys = new RemoteKeys(ports);
  const engine = lambdaEdgeEngine(keys, clock);
  const decideWithKeys = async (request: ViewerRequest): Promise<AuthDecision> => {
    const jwksUrl = ruleOfPath(ready, request.uri)?.token?.jwksUrl;
    if (jwksUrl === undefined) return decide(ready, request, engine);
    await keys.refresh(jwksUrl, "old");
    const decided = decide(ready, request, engine);
    // A key that is not known yet may have come with a rotation.
    const isUnsigned = decided.refusal?.reason === "the token is not valid";
    const isNewer = isUnsigned && (await keys.refresh(jwksUrl, "unknown"));
    const again = isNewer ? decide(ready, request, engine) : decided;
    return again.refusal !== undefined && isUnsigned && keys.of(jwksUrl).length === 0
      ? { rule: again.rule as number, refusal: withoutKeys }
      : again;
  };
  return async (event) => {
    const { request } = event.Records[0].cf;
    const decision = await decideWithKeys(request);
    return decision.refusal === undefined ? passedOn(request, decision) : refusal(decision.refusal);
  };
}

const withoutKeys: Refusal = {
  status: 503,
  reason: "the keys of the issuer cannot be fetched",
  challenge: "Bearer",
};

function refusal({ status, reason, challenge }: Refusal): GeneratedResponse {
  return {
    status: String(status),
    statusDescription: statusDescriptions[status],
    headers: {
      ...refusalHeaders(),
      "www-authenticate": [{ key: "WWW-Authenticate", value: challenge }],
    },
    body: `${statusDescriptions[status]}: ${reason}.\n`,
  };
}

function passedOn(request: ViewerRequest, passed: PassedRequest): ViewerRequest {
  const { headers } = request;
  const { removedCookie } = passed;
  for (const name of passed.removedHeaders) delete headers[name];
  if (removedCookie !== undefined) withoutCookies(headers, (name) => name === removedCookie);
  for (const [name, value] of passed.headers) headers[name] = [{ key: name, value }];
  return request;
}
