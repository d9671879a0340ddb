import type { OriginRequestHandler } from "cf-types";
import type { CompiledSecretRedirect } from "../compiled-secret-redirect.ts";
import { systemClock } from "./clock.ts";
import { createRedirectDecision } from "./decide-secret-redirect.ts";
import type { SecretRedirectPorts } from "./secret-redirect-ports.ts";

/**
 * Returns the handler for every kind of rule. It is a file of its own beside the bundle, which only
 * configurations load that have need of it.
 */
export function createRuleRedirects(
  compiled: CompiledSecretRedirect,
  // oxlint-disable-next-line no-console -- the function's log is its console
  { clock = systemClock, random = Math.random, log = console.log }: SecretRedirectPorts,
): OriginRequestHandler {
  const { logSampleRate = 0 } = compiled;
  const decide = createRedirectDecision(compiled, clock);

  return async function ruleRedirects(event) {
    const { request } = event.Records[0].cf;
    const decision = decide(request);
    if (!decision) return request;
    const { rule, response } = decision;
    if (logSampleRate > random()) {
      const { status } = response;
      log(JSON.stringify({ function: "secret-redirect", rule, uri: request.uri, status }));
    }
    return response;
  };
}
