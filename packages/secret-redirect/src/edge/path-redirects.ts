import type { OriginRequestHandler } from "cf-types";
import type {
  CompiledAnswer,
  CompiledRule,
  CompiledSecretRedirect,
} from "../compiled-secret-redirect.ts";
import { normalisePath } from "./normalise-path.ts";
import { redirectResponse } from "./redirect-response.ts";

/**
 * Returns the handler for rules that ask for nothing but a path and lead to a location that is written
 * out, as the secret path does: what the bundle does by itself. `decideSecretRedirect` decides the same.
 */
export function createPathRedirects(compiled: CompiledSecretRedirect): OriginRequestHandler {
  const { answers, endings } = compiled;
  const [last, beforeLast] = endings ?? [];
  const paths = rulesByPath(compiled);

  const find = (uri: string): CompiledRule | false | undefined => {
    const end = uri.length;
    // An escape can hide the last character of a path, or a slash or dot segment behind it.
    if (
      last &&
      (end < 2 ||
        beforeLast?.[uri.charCodeAt(end - 2)] === 0 ||
        (last[uri.charCodeAt(end - 1)] === 0 && uri[end - 3] !== "%"))
    ) {
      return false;
    }
    const listed = paths.get(uri);
    if (listed !== undefined) return listed;
    const path = normalisePath(uri);
    return paths.get(path) ?? (path.endsWith("/") ? paths.get(path.slice(0, -1)) : false);
  };

  return async function pathRedirects(event) {
    const { request } = event.Records[0].cf;
    const rule = find(request.uri);
    if (!rule) return request;
    const { answer, to, fragment } = rule;
    return redirectResponse(
      answers[answer] as CompiledAnswer,
      (fragment ? `${to as string}${fragment as string}` : to) as string,
    );
  };
}

/** Returns the first rule of each path; `false` for a path that is listed because none matches it. */
function rulesByPath({ rules, paths }: CompiledSecretRedirect): Map<string, CompiledRule | false> {
  const found = new Map<string, CompiledRule | false>();
  for (const path in paths) found.set(path, rules[paths[path]?.[0] ?? -1] ?? false);
  return found;
}
