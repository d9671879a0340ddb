import { loadCloudFrontFunction, testBothEngines, viewerRequestEvent } from "edge-function-testing";
import { describe } from "vitest";
import { compileSpaRewrite, createSpaRewrite } from "spa-rewrite";

const options = compileSpaRewrite({
  routes: ["/notes/:id(\\d+)"],
  apps: [{ prefix: "/admin", mode: "fallback" }],
  siteFiles: ["index.html", "admin/index.html", "docs/index.html", "LICENSE"],
  trailingSlash: "remove",
});
const built = await loadCloudFrontFunction(`${import.meta.dirname}/..`, options);
const uris = ["/", "/notes/1", "/notes/x", "/docs/", "/docs", "/admin/users", "/admin/a.js"];

describe("both engines", () => {
  testBothEngines(built, {
    handler: createSpaRewrite(options),
    events: uris.map((uri) => viewerRequestEvent({ uri, querystring: "a=1&b=2" })),
  });
});
