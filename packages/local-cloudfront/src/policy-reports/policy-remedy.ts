import type { PolicyRemedies } from "../distribution/distribution.ts";
import type { BrowserReport } from "./read-reports.ts";

/**
 * Returns what has to be written so that a policy allows what it has blocked: the option that the packages
 * of the distribution name, else the part of the policy itself.
 */
export function policyRemedy(
  report: Pick<BrowserReport, "directive" | "blocked" | "documentUrl" | "policy">,
  remedies: PolicyRemedies,
): string {
  const name = report.directive.replace(/^(script|style)-src-elem$/, "$1-src");
  const source = blockedSource(report);
  const kind = kindOf(source, name, report.policy);
  const remedy = remedies[`${name} ${kind}`] ?? remedies[kind];
  if (remedy !== undefined) {
    return remedy.replace("{directive}", () => name).replace("{source}", () => source);
  }
  return kind === "source" || kind === "self"
    ? `${source} in ${name} of the policy`
    : (wordRemedies[kind] ?? `what ${name} of the policy needs for ${report.blocked}`);
}

const wordRemedies: Readonly<Record<string, string>> = {
  inline: "the hash of the inline code in the policy, or the code in a file of its own",
  "unknown-inline": "the code in the page as it is built, whose hash the policy has, or in a file",
  "unknown-script":
    "an integrity attribute on the tag that loads the script, and its hash in script-src",
  eval: "'unsafe-eval' in script-src of the policy, which lets any text run as code",
  "wasm-eval": "'wasm-unsafe-eval' in script-src of the policy",
  "trusted-types-sink": "a value that a policy of Trusted Types has made",
  "trusted-types-policy": "the name of the page's own policy in trusted-types of the policy",
};

/**
 * What has been blocked: a `source`, the site itself (`self`), or the browser's word for what has no address.
 * Where a policy has hashes, they are what inline code and scripts need, and no source helps.
 */
function kindOf(source: string, name: string, policy: string): string {
  const hasHashes = /'sha(?:256|384|512)-/.test(directiveOf(policy, name));
  if (source === "inline") return hasHashes ? "unknown-inline" : "inline";
  const isSource = source === "'self'" || source.includes("//") || source.endsWith(":");
  if (isSource && name === "script-src" && policy.includes("'strict-dynamic'")) {
    return "unknown-script";
  }
  if (source === "'self'") return "self";
  return isSource ? "source" : source;
}

function directiveOf(policy: string, name: string): string {
  return policy.split(";").find((directive) => directive.trim().startsWith(`${name} `)) ?? "";
}

/** What a directive would have to name: an origin, a scheme, `'self'`, or the browser's word for the rest. */
function blockedSource({ blocked, documentUrl }: Pick<BrowserReport, "blocked" | "documentUrl">) {
  if (blocked === "self") return "'self'";
  if (/^(?:data|blob|filesystem)$/.test(blocked)) return `${blocked}:`;
  const url = URL.parse(blocked);
  if (url === null) return blocked;
  if (url.host === "") return url.protocol;
  return url.host === URL.parse(documentUrl)?.host ? "'self'" : `${url.protocol}//${url.host}`;
}
