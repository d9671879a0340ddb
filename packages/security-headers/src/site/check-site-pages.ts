import type { SitePage } from "./analyze-site.ts";
import type { SecurityHeadersFinding } from "../check-security-headers.ts";
import { parseContentSecurityPolicy } from "../csp/content-security-policy.ts";
import { policyAllows } from "../csp/policy-allows.ts";
import type { CompiledSecurityHeaders } from "../edge/compiled-security-headers.ts";
import { plainSecurityHeaders } from "../decide-security-headers.ts";
import { blockedLoads, type PolicyOf } from "./blocked-loads.ts";
import type { PlacedLoad } from "./read-site.ts";

/**
 * Returns what the policies of a site's pages block in its build: scripts that a derived policy does not
 * know, since they come from another build, what no preset allows, and what the code loads.
 *
 * @param loads Of the site, as `readSite` returns them.
 */
export function checkSitePages(
  compiled: CompiledSecurityHeaders,
  pages: readonly SitePage[],
  loads: readonly PlacedLoad[],
): readonly SecurityHeadersFinding[] {
  const policyOf: PolicyOf = (path) => {
    const text = policyTextOf(compiled, path);
    return text === "" ? undefined : parseContentSecurityPolicy(text);
  };
  const unknown = pages.flatMap((page) => unknownScripts(compiled, page));
  return [
    ...unknown,
    ...pages.flatMap((page) => blockedHandlers(page, policyOf)),
    ...(unknown.length > 0 ? [] : blockedLoads(pages, loads, policyOf)),
  ];
}

function unknownScripts(
  compiled: CompiledSecurityHeaders,
  page: SitePage,
): readonly SecurityHeadersFinding[] {
  const policy = policyTextOf(compiled, page.path);
  if (!policy.includes("'strict-dynamic'")) return [];
  const unknown = page.scriptHashes.find((hash) => !policy.includes(hash));
  if (unknown === undefined && page.allowsStrictDynamic) return [];
  const problem =
    unknown === undefined
      ? "has scripts without an integrity attribute, which its policy blocks: got 'strict-dynamic'"
      : `has a script that its policy blocks: got ${unknown}`;
  const message = `${page.path} ${problem}. The options were compiled from another build. Compile them at synth: config: compileForSite({ … }).`;
  return [{ severity: "error", message }];
}

function blockedHandlers(
  { path, inlineHandlers }: SitePage,
  policyOf: PolicyOf,
): readonly SecurityHeadersFinding[] {
  const policy = policyOf(path);
  const asked = { directive: "script-src-attr", source: "'unsafe-inline'" };
  if (policy === undefined || policyAllows(policy, asked)) return [];
  return inlineHandlers.map(({ attribute, line }) => ({
    severity: "warning",
    message: `${path}:${line} has code in the attribute ${attribute}, which the policy blocks. Move it into a script.`,
  }));
}

function policyTextOf(compiled: CompiledSecurityHeaders, path: string): string {
  return plainSecurityHeaders(compiled, { uri: path })["Content-Security-Policy"] ?? "";
}
