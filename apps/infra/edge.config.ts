import { compileSecretRedirect } from "secret-redirect";
import { compileSecurityHeaders } from "security-headers";
import { compileSpaRewrite } from "spa-rewrite";
import { defineEdgeConfig } from "./lib/config/edge-config.ts";

export const edgeConfig = defineEdgeConfig({
  stackName: "notes",
  siteFolder: "../notes/dist",
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
      config: compileSecretRedirect({ location: "https://www.youtube.com/watch?v=dQw4w9WgXcQ" }),
    },
  ],
  tryOut: [
    { uri: "/notes/1", shows: "a route of the app: spa-rewrite serves it by /index.html" },
    { uri: "/notes/1/edit", shows: "another, from the cache: X-Cache is Hit from cloudfront" },
    { uri: "/notes/abc", shows: "no route: an honest 404" },
    { uri: "/secret", shows: "302 Found, before the origin is asked" },
  ],
});
