import type { SiteAnalysis, SitePage } from "./analyze-site.ts";
import type { SecurityHeadersFinding } from "../check-security-headers.ts";
import type { CompiledSecurityHeaders } from "../edge/compiled-security-headers.ts";
import { plainSecurityHeaders } from "../decide-security-headers.ts";

/**
 * Returns what a policy that was derived from a build blocks in the pages of a site: scripts that it does
 * not know, since they come from another build, and what no such policy allows.
 */
export function checkSitePages(
  compiled: CompiledSecurityHeaders,
  { pages, warnings }: SiteAnalysis,
): readonly SecurityHeadersFinding[] {
  const isDerived = pages.some((page) => policyOf(compiled, page).includes("'strict-dynamic'"));
  if (!isDerived) return [];
  return [
    ...pages.flatMap((page) => unknownScripts(compiled, page)),
    ...warnings.map((message) => ({ severity: "warning" as const, message })),
  ];
}

function unknownScripts(
  compiled: CompiledSecurityHeaders,
  page: SitePage,
): readonly SecurityHeadersFinding[] {
  const policy = policyOf(compiled, page);
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

function policyOf(compiled: CompiledSecurityHeaders, { path }: SitePage): string {
  return plainSecurityHeaders(compiled, { uri: path })["Content-Security-Policy"] ?? "";
}
