/** A header of OWASP's recommended set that is absent, or weaker than recommended. */
export interface OwaspFinding {
  readonly header: string;
  readonly advice: string;
}

type Rule = readonly [header: string, isMet: (text: string | undefined) => boolean, advice: string];

const yearSeconds = 31_536_000;

// https://owasp.org/www-project-secure-headers/#div-bestpractices, headers_add.json of 2024-07-19. Left
// out: Cache-Control and Clear-Site-Data, which would empty every cache and sign everyone out.
const rules: readonly Rule[] = [
  [
    "Strict-Transport-Security",
    (text = "") =>
      Number(/max-age=(\d+)/i.exec(text)?.[1] ?? 0) >= yearSeconds &&
      /includesubdomains/i.test(text),
    "Set strictTransportSecurity with a year or more and includeSubDomains.",
  ],
  [
    "Content-Security-Policy",
    (text) => text !== undefined && /(?:^|;)\s*default-src\s/.test(text),
    "Set a policy with default-src.",
  ],
  ["Content-Security-Policy form-action", directive("form-action"), "Add form-action 'self'."],
  [
    "Content-Security-Policy object-src",
    (text = "") => directive("object-src")(text) || /(?:^|;)\s*default-src 'none'/.test(text),
    "Add object-src 'none'.",
  ],
  [
    "Content-Security-Policy frame-ancestors",
    directive("frame-ancestors"),
    "Add frame-ancestors 'none' or 'self'.",
  ],
  [
    "Content-Security-Policy upgrade-insecure-requests",
    directive("upgrade-insecure-requests"),
    "Add upgrade-insecure-requests.",
  ],
  ["X-Content-Type-Options", (text) => text === "nosniff", 'Set xContentTypeOptions to "nosniff".'],
  [
    "X-Frame-Options",
    (text = "") => /^(?:deny|sameorigin)$/i.test(text),
    'Set xFrameOptions to "DENY".',
  ],
  [
    "Referrer-Policy",
    (text = "") =>
      /(?:^|,)\s*(?:no-referrer|same-origin|strict-origin|strict-origin-when-cross-origin)$/.test(
        text,
      ),
    'Set referrerPolicy to "no-referrer" or "strict-origin-when-cross-origin".',
  ],
  ["Permissions-Policy", (text) => text !== undefined, "Set permissionsPolicy."],
  [
    "Cross-Origin-Opener-Policy",
    (text = "") => /^(?:same-origin|noopener-allow-popups)(?:;|$)/.test(text),
    'Set crossOriginOpenerPolicy to "same-origin".',
  ],
  [
    "Cross-Origin-Embedder-Policy",
    (text = "") => /^(?:require-corp|credentialless)/.test(text),
    'Take the preset "isolated" where everything that is embedded allows it.',
  ],
  [
    "Cross-Origin-Resource-Policy",
    (text = "") => /^same-(?:origin|site)$/.test(text),
    'Set crossOriginResourcePolicy to "same-origin".',
  ],
  [
    "X-Permitted-Cross-Domain-Policies",
    (text) => text === "none",
    'Set xPermittedCrossDomainPolicies to "none".',
  ],
  [
    "X-XSS-Protection",
    (text = "0") => text === "0",
    "Set xXssProtection to false: the filter it switches on can be turned against a page.",
  ],
];

// https://github.com/OWASP/www-project-secure-headers/blob/main/ci/headers_remove.json
// last_update_utc 2024-07-19.
const removedNames = `$wsep Host-Header K-Proxy-Request Liferay-Portal OracleCommerceCloud-Version Pega-Host
Powered-By Product Server SourceMap X-AspNet-Version X-AspNetMvc-Version X-Atmosphere-error
X-Atmosphere-first-request X-Atmosphere-tracking-id X-B3-ParentSpanId X-B3-Sampled X-B3-SpanId
X-B3-TraceId X-BEServer X-CF-Powered-By X-CMS X-CalculatedBETarget X-Cocoon-Version
X-Content-Encoded-By X-DiagInfo X-Envoy-Attempt-Count X-Envoy-External-Address X-Envoy-Internal
X-Envoy-Original-Dst-Host X-Envoy-Upstream-Service-Time X-FEServer X-Framework X-Generated-By
X-Generator X-Jitsi-Release X-Kubernetes-PF-FlowSchema-UI X-Kubernetes-PF-PriorityLevel-UID
X-LiteSpeed-Cache X-LiteSpeed-Purge X-LiteSpeed-Tag X-LiteSpeed-Vary X-Litespeed-Cache-Control
X-Mod-Pagespeed X-Nextjs-Cache X-Nextjs-Matched-Path X-Nextjs-Page X-Nextjs-Redirect X-OWA-Version
X-Old-Content-Length X-OneAgent-JS-Injection X-Page-Speed X-Php-Version X-Powered-By
X-Powered-By-Plesk X-Powered-CMS X-Redirect-By X-Server-Powered-By X-SourceFiles X-SourceMap
X-Turbo-Charged-By X-Umbraco-Version X-Varnish-Backend X-Varnish-Server X-dtAgentId X-dtHealthCheck
X-dtInjectedServlet X-ruxit-JS-Agent`;

/** The headers that reveal what runs on an origin, as OWASP lists them for removal. */
export const owaspRemovedHeaders: readonly string[] = removedNames.split(/\s+/);

/** How many of OWASP's recommendations there are. */
export const owaspRuleCount: number = rules.length;

/**
 * Returns what the headers of a page lack of the set that OWASP's Secure Headers Project recommends.
 *
 * @param headers Texts by name, of any case.
 */
export function owaspFindings(headers: Readonly<Record<string, string>>): readonly OwaspFinding[] {
  const byName = new Map(Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text]));
  return rules
    .filter(([header, isMet]) => {
      const [name = ""] = header.toLowerCase().split(" ");
      return !isMet(byName.get(name));
    })
    .map(([header, , advice]) => ({ header, advice }));
}

function directive(name: string): (text: string | undefined) => boolean {
  return (text = "") => text.split(";").some((part) => part.trim().split(/\s/)[0] === name);
}
