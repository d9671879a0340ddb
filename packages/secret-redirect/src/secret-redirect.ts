import type { OriginRequestHandler } from "cf-types";
import type {
  CompiledAnswer,
  CompiledRule,
  CompiledSecretRedirect,
} from "./compiled-secret-redirect.ts";
import { createSpellingFinder } from "./edge/path-spellings.part.ts";
import { createRuleRedirects } from "./edge/rule-redirects.part.ts";
import type { SecretRedirectPorts } from "./edge/secret-redirect-ports.ts";

/**
 * Returns an origin-request handler that answers the requests that a rule matches with a redirect and
 * lets every other request pass untouched.
 *
 * Rules that ask for nothing but a path and lead to a location that is written out, as the secret path does,
 * are all that the bundle has by itself. `decideSecretRedirect` decides the same.
 */
export function createSecretRedirect(
  compiled: CompiledSecretRedirect,
  ports: SecretRedirectPorts = {},
): OriginRequestHandler {
  if (compiled.parts[0] === "rule-redirects") return createRuleRedirects(compiled, ports);
  const answers = compiled.answers;
  const endings = compiled.endings;
  const rules = new Map<string, CompiledRule | false>();
  for (const path in compiled.paths) {
    const matching = compiled.paths[path] as readonly number[];
    rules.set(path, compiled.rules[matching[0] as number] || false);
  }
  let findSpelling: ReturnType<typeof createSpellingFinder> | undefined;

  return async function (event) {
    const request = event.Records[0].cf.request;
    const uri = request.uri;
    const end = uri.length;
    // An escape can hide the last character of a path, or a slash or dot segment behind it.
    if (
      endings &&
      (end < 2 ||
        (endings[uri.charCodeAt(end - 2)] as number) > 1 ||
        ((endings[uri.charCodeAt(end - 1)] as number) & 1 && uri[end - 3] !== "%"))
    ) {
      // Written as it is: V8 then knows the object when it settles the promise, and looks for no `then`.
      request.uri = uri;
      return request;
    }
    let rule = rules.get(uri);
    if (rule === undefined) {
      if (!findSpelling) findSpelling = createSpellingFinder(rules);
      rule = findSpelling(uri);
    }
    if (!rule) return request;
    const answer = answers[rule.answer] as CompiledAnswer;
    return {
      status: answer.status,
      statusDescription: answer.statusDescription,
      headers: {
        location: [{ key: "Location", value: rule.to as string }],
        "cache-control": [{ key: "Cache-Control", value: answer.cacheControl }],
      },
    };
  };
}
