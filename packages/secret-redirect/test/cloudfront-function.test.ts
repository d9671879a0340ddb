import { loadCloudFrontFunction, testCloudFrontFunction } from "edge-function-testing";
import { describe } from "vitest";
import { compileSecretRedirect } from "secret-redirect";

const options = compileSecretRedirect({
  location: "https://example.com/hidden",
  token: { in: "cookie", name: "theme", value: "light" },
  rules: [
    { from: "/old/*", to: "/new/:splat?a=1#top", status: 301 },
    { from: "/store", to: "/shop/:id", conditions: { query: { id: ":id" } } },
  ],
});
const built = await loadCloudFrontFunction(`${import.meta.dirname}/..`, options);

describe("the CloudFront Function of secret-redirect", () => {
  testCloudFrontFunction(built, {
    eventType: "viewer-request",
    optionsCode: /OptionsError|Moved Permanently|_redirects|toml/,
  });
});
