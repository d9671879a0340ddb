import { loadCloudFrontFunction, testBothEngines, viewerRequestEvent } from "edge-function-testing";
import { describe } from "vitest";
import { compileSecretRedirect, createSecretRedirect } from "secret-redirect";

const options = compileSecretRedirect({
  location: "https://example.com/hidden",
  token: { in: "cookie", name: "theme", value: "light" },
  rules: [
    { from: "/old/*", to: "/new/:splat?a=1#top", status: 301 },
    { from: "/store", to: "/shop/:id", conditions: { query: { id: ":id" } } },
  ],
});
const built = await loadCloudFrontFunction(`${import.meta.dirname}/..`, options);
const uris = ["/secret", "/%73ecret/", "/old/a%20b", "/store", "/index.html"];

describe("both engines", () => {
  testBothEngines(built, {
    handler: createSecretRedirect(options),
    events: uris.map((uri) => viewerRequestEvent({ uri, querystring: "id=7&x=%41" })),
  });
});
