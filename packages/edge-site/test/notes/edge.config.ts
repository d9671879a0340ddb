import { compileSecretRedirect } from "secret-redirect";
import { compileSecurityHeaders } from "security-headers";
import { compileSpaRewrite } from "spa-rewrite";
import { defineEdgeConfig } from "../../src/config/edge-config.ts";

const routes = ["/notes/:id(\\d+)", "/notes/:id(\\d+)/edit"];
const location = "https://www.youtube.com/watch?v=dQw4w9WgXcQ";
const headers = { "strict-transport-security": "*", "x-content-type-options": "nosniff" };
const pages = ["/", "/notes/1"];

/** The demo's site: three functions on Lambda@Edge, and two stages. */
export const edgeConfig = defineEdgeConfig({
  stackName: "notes",
  siteFolder: "../../../../apps/notes/dist",
  engine: "lambda-edge",
  // The tests of releases have a site of their own.
  releases: false,
  functions: [
    { package: "spa-rewrite", config: compileSpaRewrite({ routes }) },
    { package: "security-headers", config: compileSecurityHeaders() },
    { package: "secret-redirect", config: compileSecretRedirect({ location }) },
  ],
  tryOut: [{ uri: "/notes/1", shows: "a route of the app" }],
  liveChecks: [
    ...pages.map((uri) => ({ uri, status: 200, headers })),
    { uri: "/secret", status: 302, headers: { location, ...headers } },
  ],
  stages: {
    dev: {},
    prod: { logRetentionDays: 90, terminationProtection: true, accessLogs: { retentionDays: 90 } },
  },
});
