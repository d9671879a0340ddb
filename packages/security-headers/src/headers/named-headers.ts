/** As each header that has an option is written on the wire, in the order in which they are set. */
export const namedHeaders = {
  strictTransportSecurity: "Strict-Transport-Security",
  contentSecurityPolicy: "Content-Security-Policy",
  xContentTypeOptions: "X-Content-Type-Options",
  xFrameOptions: "X-Frame-Options",
  xXssProtection: "X-XSS-Protection",
  referrerPolicy: "Referrer-Policy",
  server: "Server",
  contentSecurityPolicyReportOnly: "Content-Security-Policy-Report-Only",
  reportingEndpoints: "Reporting-Endpoints",
  permissionsPolicy: "Permissions-Policy",
  crossOriginOpenerPolicy: "Cross-Origin-Opener-Policy",
  crossOriginEmbedderPolicy: "Cross-Origin-Embedder-Policy",
  crossOriginResourcePolicy: "Cross-Origin-Resource-Policy",
  originAgentCluster: "Origin-Agent-Cluster",
  xPermittedCrossDomainPolicies: "X-Permitted-Cross-Domain-Policies",
  xDnsPrefetchControl: "X-DNS-Prefetch-Control",
} as const satisfies Readonly<Record<string, string>>;

/** The option of a header that has one. */
export type HeaderOption = keyof typeof namedHeaders;

/** Every option of a single header, in the order in which the headers are set. */
export const headerOptions = Object.keys(namedHeaders) as readonly HeaderOption[];
