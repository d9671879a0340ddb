import type { PolicyRemedies } from "../distribution/distribution.ts";

/**
 * Returns what has to be written so that a policy allows what it has blocked: the option that the packages
 * of the distribution name, else the part of the policy itself.
 *
 * @param blocked As a browser reports it: an address, or a word for what has none.
 * @param siteUrl Where the page is.
 */
export function policyRemedy(
  directive: string,
  blocked: string,
  siteUrl: string,
  remedies: PolicyRemedies,
): string {
  const name = directive.replace(/^(script|style)-src-elem$/, "$1-src");
  const source = blockedSource(blocked, siteUrl);
  const kind =
    source.includes("//") || source.endsWith(":") ? "source" : source.replaceAll("'", "");
  const remedy = remedies[`${name} ${kind}`] ?? remedies[kind];
  if (remedy !== undefined) {
    return remedy.replace("{directive}", () => name).replace("{source}", () => source);
  }
  return kind === "source" || kind === "self"
    ? `${source} in ${name} of the policy`
    : (wordRemedies[kind] ?? `what ${name} of the policy needs for ${blocked}`);
}

const wordRemedies: Readonly<Record<string, string>> = {
  inline: "the hash of the inline code in the policy, or the code in a file of its own",
  eval: "'unsafe-eval' in script-src of the policy, which lets any text run as code",
  "wasm-eval": "'wasm-unsafe-eval' in script-src of the policy",
};

/** What a directive would have to name: an origin, a scheme, `'self'`, or the browser's word for the rest. */
function blockedSource(blocked: string, siteUrl: string): string {
  if (/^(?:data|blob|filesystem)$/.test(blocked)) return `${blocked}:`;
  const url = URL.parse(blocked);
  if (url === null) return blocked;
  if (url.host === "") return url.protocol;
  return url.host === URL.parse(siteUrl)?.host ? "'self'" : `${url.protocol}//${url.host}`;
}
