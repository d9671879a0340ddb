import { loadCloudFrontFunction, testCloudFrontFunction } from "edge-function-testing";
import { describe } from "vitest";
import { compileSpaRewrite } from "spa-rewrite";

const options = compileSpaRewrite({
  routes: ["/notes/:id(\\d+)"],
  apps: [{ prefix: "/admin", mode: "fallback" }],
  siteFiles: ["index.html", "admin/index.html", "docs/index.html", "LICENSE"],
  trailingSlash: "remove",
});
const built = await loadCloudFrontFunction(`${import.meta.dirname}/..`, options);

describe("the CloudFront Function of spa-rewrite", () => {
  testCloudFrontFunction(built, { eventType: "viewer-request", optionsCode: /OptionsError/ });
});
