import { defineEdgeConfig } from "edge-site";

/** For trying only: a real one comes from the environment. */
const password = process.env["SHOWCASE_PASSWORD"] ?? "correct horse battery";

/** Every function of this repository before one small site, each where AWS's diagram has its place. */
export const edgeConfig = defineEdgeConfig({
  stackName: "showcase",
  siteFolder: "site",
  functions: [
    // Viewer request, in this order: who may see it, where it leads, in which language, by which file.
    {
      package: "edge-auth",
      config: { rules: [{ pathPatterns: ["/private/*"], basic: { users: { ada: password } } }] },
    },
    {
      package: "secret-redirect",
      config: { location: "https://example.com/hidden" },
      eventType: "viewer-request",
    },
    {
      package: "locale",
      config: { locales: ["en", "de"], exclude: ["/private/*", "/v1/*", "/404.html"] },
    },
    { package: "spa-rewrite", config: { siteFiles: true, trailingSlash: "add" } },
    // Origin request: the files of an older version lie in a folder of their own.
    {
      package: "origin-select",
      config: { rules: [{ pathPattern: "/v1/*", prefix: "/archive" }] },
      eventType: "origin-request",
    },
    // Origin response: how long all that is kept.
    { package: "cache-headers", config: {} },
    // Viewer response.
    { package: "security-headers", config: {} },
  ],
  tryOut: [
    { uri: "/about/", shows: "locale: your browser's language, /de/about/ or /en/about/" },
    { uri: "/private/", shows: "edge-auth: asks for a password; ada, correct horse battery" },
    { uri: "/secret", shows: "secret-redirect: 302" },
    { uri: "/v1/index.html", shows: "origin-select: /archive/v1/index.html" },
    { uri: "/nowhere", shows: "the site's own 404 page, with the headers of security-headers" },
  ],
});
