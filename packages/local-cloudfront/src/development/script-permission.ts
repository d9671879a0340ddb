import type { HttpHeaders } from "../http/http-message.ts";
import { policyHeaders } from "../policy-reports/report-endpoint.ts";

/** Whether the policies of a page let a script of its own origin run that loads something from there. */
export type ScriptPermission =
  | {
      readonly kind: "permitted";
      /** The one that the script has to have; undefined where it needs none. */
      readonly nonce: string | undefined;
      /** How it may load something: by `fetch`, or else by another script. */
      readonly transport: "fetch" | "script";
    }
  /** By this directive. */
  | { readonly kind: "refused"; readonly directive: string };

/** The sources of each directive, by its name. */
type Policy = ReadonlyMap<string, readonly string[]>;

/**
 * Asks all policies of a page: those of its headers, also those that only report, and those in its markup.
 *
 * @param html what the body says, one character a byte
 * @see https://www.w3.org/TR/CSP3/
 */
export function scriptPermission(headers: HttpHeaders, html: string): ScriptPermission {
  let nonce: string | undefined;
  let transport: "fetch" | "script" = "fetch";
  const policies = [...policiesOf(headers), ...policiesIn(html)];
  for (const policy of policies) {
    const sandbox = policy.get("sandbox");
    if (sandbox !== undefined && !isOpen(sandbox)) return { kind: "refused", directive: "sandbox" };
    if (!permitsOwnOrigin(sourcesFor(policy, ["connect-src"]))) transport = "script";
    const sources = sourcesFor(policy, ["script-src-elem", "script-src"]);
    if (permitsOwnOrigin(sources) && !sources?.includes("'strict-dynamic'")) continue;
    const own = sources?.map((source) => /^'nonce-(.+)'$/.exec(source)?.[1]).find(Boolean);
    if (own === undefined || (nonce !== undefined && nonce !== own)) {
      return { kind: "refused", directive: "script-src" };
    }
    nonce = own;
  }
  // A script that loads another one would need a policy of Trusted Types.
  if (transport === "script" && policies.some((policy) => policy.has(trustedTypes))) {
    return { kind: "refused", directive: "connect-src" };
  }
  return { kind: "permitted", nonce, transport };
}

const trustedTypes = "require-trusted-types-for";

function isOpen(sandbox: readonly string[]): boolean {
  return sandbox.includes("allow-scripts") && sandbox.includes("allow-same-origin");
}

/** Undefined where nothing bounds them. */
function sourcesFor(policy: Policy, names: readonly string[]): readonly string[] | undefined {
  const name = [...names, "default-src"].find((each) => policy.has(each));
  return name === undefined ? undefined : policy.get(name);
}

function permitsOwnOrigin(sources: readonly string[] | undefined): boolean {
  return sources === undefined || sources.includes("'self'") || sources.includes("*");
}

function policiesOf(headers: HttpHeaders): readonly Policy[] {
  return policyHeaders.flatMap((name) =>
    (headers[name] ?? []).flatMap(({ value }) => value.split(",").map(parsePolicy)),
  );
}

function policiesIn(html: string): readonly Policy[] {
  const tags = html.match(
    /<meta\b[^<>]*\bhttp-equiv\s*=\s*["']?content-security-policy\b[^<>]*>/gi,
  );
  return (tags ?? []).map((tag) => {
    const [, , content = ""] = /\bcontent\s*=\s*(["'])(.*?)\1/is.exec(tag) ?? [];
    return parsePolicy(content);
  });
}

function parsePolicy(policy: string): Policy {
  const directives = policy
    .split(";")
    .map((directive) => directive.trim())
    .filter((directive) => directive !== "")
    .map((directive) => directive.split(/\s+/));
  // Of a directive that is there twice, the first one counts.
  return new Map(
    directives.toReversed().map(([name = "", ...sources]) => [name.toLowerCase(), sources]),
  );
}
