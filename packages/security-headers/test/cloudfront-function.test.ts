import { loadCloudFrontFunction, testCloudFrontFunction } from "edge-function-testing";
import { describe } from "vitest";
import { compileSecurityHeaders } from "security-headers";

const options = compileSecurityHeaders({
  preset: "spa",
  keepIfPresent: ["Referrer-Policy"],
  pathOverrides: [{ pathPattern: "/embed/*", xFrameOptions: false, removeHeaders: ["Server"] }],
});
const built = await loadCloudFrontFunction(`${import.meta.dirname}/..`, options);

describe("the CloudFront Function of security-headers", () => {
  testCloudFrontFunction(built, {
    eventType: "viewer-response",
    optionsCode: /OptionsError|nosniff|x-amz/,
  });
});
