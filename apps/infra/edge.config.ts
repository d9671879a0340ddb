import { compileSecretRedirect } from "secret-redirect";
import { compileSecurityHeaders } from "security-headers";
import { compileSpaRewrite } from "spa-rewrite";
import { defineEdgeConfig } from "edge-site";

const secretLocation = "https://www.youtube.com/watch?v=dQw4w9WgXcQ";
const securityHeaders = { "strict-transport-security": "*", "x-content-type-options": "nosniff" };

export const edgeConfig = defineEdgeConfig({
  stackName: "notes",
  siteFolder: "../notes/dist",
  engine: "lambda-edge",
  // Without engine and releases, each deploy is a release that "pnpm edge-site rollback" takes back in seconds, and
  // stages may have one of previews: { previews: { users: { team: "what edge-auth hash prints" } } }
  releases: false,
  functions: [
    {
      package: "spa-rewrite",
      config: compileSpaRewrite({ routes: ["/notes/:id(\\d+)", "/notes/:id(\\d+)/edit"] }),
    },
    {
      package: "security-headers",
      config: compileSecurityHeaders(),
    },
    {
      package: "secret-redirect",
      config: compileSecretRedirect({ location: secretLocation }),
    },
    // More of them (all in apps/showcase), each after: pnpm --filter infra add --workspace NAME
    // { package: "edge-auth", config: { rules: [{ basic: { users: { ada: process.env.PASSWORD } } }] } },
    // { package: "edge-sign-in", config: { issuer, clientId, sessionKeys: { secretId: "notes/keys" } } },
    // { package: "locale", config: { locales: ["en", "de"] } },
    // { package: "cache-headers", config: {} },
    // With cacheKey: { headers: ["x-origin"] }:
    // { package: "origin-select", eventType: "viewer-request", config: { rules: [{ hosts: ["pr-*.example.com"], prefix: "/pr-{1}" }] } },
  ],
  tryOut: [
    { uri: "/notes/1", shows: "a route of the app: spa-rewrite serves it by /index.html" },
    { uri: "/notes/1/edit", shows: "another, from the cache: X-Cache is Hit from cloudfront" },
    { uri: "/notes/abc", shows: "no route: an honest 404" },
    { uri: "/secret", shows: "302 Found, before the origin is asked" },
  ],
  liveChecks: [
    { uri: "/", status: 200, headers: securityHeaders },
    { uri: "/notes/1", status: 200, headers: securityHeaders },
    { uri: "/secret", status: 302, headers: { location: secretLocation, ...securityHeaders } },
  ],
  stages: {
    dev: {},
    prod: {
      logRetentionDays: 90,
      terminationProtection: true,
      accessLogs: { retentionDays: 90 },
    },
  },
});
