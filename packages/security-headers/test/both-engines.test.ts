import {
  loadCloudFrontFunction,
  testBothEngines,
  viewerResponseEvent,
} from "edge-function-testing";
import { describe } from "vitest";
import { compileSecurityHeaders, createSecurityHeaders } from "security-headers";

const options = compileSecurityHeaders({
  preset: "spa",
  keepIfPresent: ["Referrer-Policy"],
  pathOverrides: [{ pathPattern: "/embed/*", xFrameOptions: false, removeHeaders: ["Server"] }],
});
const built = await loadCloudFrontFunction(`${import.meta.dirname}/..`, options);
const responses = ["/", "/embed/a", "/a.json"].map((uri) => {
  const event = viewerResponseEvent();
  Object.assign(event.Records[0].cf.request, { uri });
  return event;
});

describe("both engines", () => {
  testBothEngines(built, {
    handler: createSecurityHeaders(options),
    events: [...responses, viewerResponseEvent({ status: "304", headers: {} })],
  });
});
