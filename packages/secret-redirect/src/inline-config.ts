import type { InlineSecretRedirect } from "./edge/cloudfront-secret-redirect.ts";
import type { CompiledRule, CompiledSecretRedirect } from "./edge/compiled-secret-redirect.ts";
import type { RedirectRule } from "./edge/decide.ts";

/** Returns compiled options as they are in the code of a CloudFront Function: without what only explains. */
export function inlineConfig(compiled: CompiledSecretRedirect): InlineSecretRedirect {
  const { rules, responses, tree, candidates, logSampleRate = 0 } = compiled;
  const table = { rules: rules.map(unexplained), responses, tree };
  return { candidates: new RegExp(candidates), table: () => table, logSampleRate };
}

function unexplained({ response, when, to, fragment, query, until }: CompiledRule): RedirectRule {
  return {
    response,
    to,
    ...(when && { when }),
    ...(fragment !== undefined && { fragment }),
    ...(query && { query }),
    ...(until !== undefined && { until }),
  };
}
