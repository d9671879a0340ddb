import type { CompiledSpaRewrite } from "../edge/compiled-spa-rewrite.ts";
import { type SpaRewriteExplanation, createExplanation } from "./explain-spa-rewrite.ts";
import { examplePath } from "../routes/path-expression.ts";
import { appRoute } from "../compile/path-rules.ts";
import { routeExpression } from "../routes/route-pattern.ts";

/** A request that shows what one rule does. */
export interface SpaRewriteExample {
  /** The option, as in `routes[0]` or `exclude[0]`. */
  readonly rule: string;
  readonly uri: string;
  /** Which rule really decides on that request: another one where the rule is hidden by it. */
  readonly explanation: SpaRewriteExplanation;
}

/**
 * Returns one request for each rule of the options: a test of a site can go through them, and
 * `checkSpaRewrite` finds rules that never decide.
 */
export function exampleRequests(compiled: CompiledSpaRewrite): readonly SpaRewriteExample[] {
  const { options } = compiled;
  const explain = createExplanation(compiled);
  const example = (rule: string, path: string): SpaRewriteExample => {
    const uri = encodeURI(path).replaceAll(/[?#]/g, encodeURIComponent);
    const explanation = explain({ uri, headers: asksForHtml });
    return { rule, uri, explanation };
  };
  const routes = options.apps.flatMap((app) => [
    ...app.routes.map((_route, index) =>
      example(`${app.subject}routes[${index}]`, examplePath(appRoute(app, index, options))),
    ),
    ...(app.mode === "fallback" ? [example(`${app.subject}mode`, `${app.prefix}/x`)] : []),
  ]);
  const excluded = options.exclude.map((path, index) => {
    const rule = `exclude[${index}]`;
    return example(rule, examplePath(routeExpression(path.replace(/\/\*?$/, ""), rule)));
  });
  return [...routes, ...excluded];
}

/** The headers of a navigation. */
export const asksForHtml = { accept: [{ key: "accept", value: "text/html" }] };
