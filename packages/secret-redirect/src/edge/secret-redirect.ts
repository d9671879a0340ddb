import type {
  OriginRequestEvent,
  OriginRequestHandler,
  ViewerRequestEvent,
  ViewerRequestHandler,
} from "cf-types";
import type { CompiledSecretRedirect } from "./compiled-secret-redirect.ts";
import { decide } from "./decide.ts";
import { lambdaEdgeEngine } from "./decide-secret-redirect.ts";
import { describeRedirect } from "./describe-redirect.ts";
import { type SecretRedirectPorts, systemClock } from "./secret-redirect-ports.ts";

/** A handler for origin-request and viewer-request alike. */
export type SecretRedirectHandler = OriginRequestHandler & ViewerRequestHandler;

/**
 * Returns a handler that answers the requests that a rule matches with a redirect and
 * lets every other request pass untouched.
 */
export function createSecretRedirect(
  compiled: CompiledSecretRedirect,
  // oxlint-disable-next-line no-console -- the function's log is its console
  { clock = systemClock, random = Math.random, log = console.log }: SecretRedirectPorts = {},
): SecretRedirectHandler {
  const candidates = new RegExp(compiled.candidates);
  const engine = lambdaEdgeEngine(clock);

  return async (event: OriginRequestEvent | ViewerRequestEvent) => {
    const request = event.Records[0].cf.request;
    if (!candidates.test(request.uri)) return request;
    const decision = decide(compiled, request, engine);
    if (!decision) return request;
    const response = decision.response;
    if ((compiled.logSampleRate || 0) > random()) {
      log(describeRedirect(decision.rule, request.uri, response.status));
    }
    return response;
  };
}
