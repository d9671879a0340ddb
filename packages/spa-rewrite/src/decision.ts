import type { CompiledSpaRewrite } from "./compiled-spa-rewrite.ts";
import { type DecidedRequest, createPageFinder } from "./page-finder.ts";

/** What becomes of a request: nothing, another uri, or an answer that names another location. */
export interface Decision {
  readonly uri?: string;
  readonly location?: string;
}

const nothing: Decision = {};

/** Returns the decision as a function of the request, with the page's other spelling seen to. */
export function createDecision(
  compiled: CompiledSpaRewrite,
): (request: DecidedRequest) => Decision {
  const find = createPageFinder(compiled);
  const { redirect } = compiled;
  const from = redirect && new RegExp(redirect.from);

  return (request) => {
    const uri = find(request);
    if (!uri) return nothing;
    if (from) {
      const { querystring } = request;
      const asked = querystring ? `${request.uri}?${querystring}` : request.uri;
      const location = asked.replace(from, redirect.to);
      if (location !== asked) return { location };
    }
    return { uri };
  };
}
