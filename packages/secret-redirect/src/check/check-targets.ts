import type { CompiledRule, CompiledSecretRedirect } from "../edge/compiled-secret-redirect.ts";
import { decideSecretRedirect } from "../edge/decide-secret-redirect.ts";
import { normalisePath } from "../edge/normalise-path.ts";
import type { RedirectFinding } from "./redirect-finding.ts";
import type { RedirectSite } from "./redirect-site.ts";
import { siteHas } from "./redirect-site.ts";

/** Browsers give up after 20. */
const mostHops = 20;

/**
 * Returns the compiled rules that lead a viewer in a circle, or to a path of the site that it does not
 * have. Where a rule leads is known at synth when its target has no part of the request's path.
 */
export function checkTargets(
  compiled: CompiledSecretRedirect,
  site: Pick<RedirectSite, "siteFiles" | "isRoute">,
): readonly RedirectFinding[] {
  return compiled.rules.flatMap((rule, index) => {
    const start = targetOf(rule);
    if (start === undefined) return [];
    const name = rule.source ?? `rule ${index} ${JSON.stringify(rule.from)}`;
    const paths = [start];
    for (;;) {
      const path = paths.at(-1) ?? start;
      const next = compiled.rules[ruleAt(compiled, path)];
      if (next === undefined) return missing(name, path, site);
      const target = targetOf(next);
      if (target === undefined) return [];
      if (paths.includes(target) || paths.length > mostHops)
        return circle(name, [...paths, target]);
      paths.push(target);
    }
  });
}

/** What a plain GET is answered by; a rule that asks for more than the path answers none. */
function ruleAt(compiled: CompiledSecretRedirect, uri: string): number {
  const request = { uri, querystring: "", method: "GET", headers: {} };
  return decideSecretRedirect(compiled, request)?.rule ?? -1;
}

function targetOf({ to }: CompiledRule): string | undefined {
  return typeof to === "string" && /^\/(?!\/)/.test(to)
    ? normalisePath(to.replace(/\?.*$/s, ""))
    : undefined;
}

function circle(rule: string, paths: readonly string[]): readonly RedirectFinding[] {
  const message = `${rule} leads in a circle: ${paths.slice(0, 5).join(" -> ")}. A viewer would be redirected for ever: let it lead elsewhere.`;
  return [{ severity: "error", kind: "loop", rule, message }];
}

function missing(
  rule: string,
  path: string,
  { siteFiles, isRoute }: Pick<RedirectSite, "siteFiles" | "isRoute">,
): readonly RedirectFinding[] {
  if (!siteFiles || siteHas(siteFiles, path) || isRoute?.(path)) return [];
  const message = `${rule} leads to ${JSON.stringify(path)}, which the site does not have. Add the page, or name another.`;
  return [{ severity: "warning", kind: "missing-target", rule, message }];
}
