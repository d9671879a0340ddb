import type { ViewerResponseHandler } from "cf-types";
import { loadArtefact, testArtefact, viewerResponseEvent } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import {
  type SecurityHeadersHandler,
  compileSecurityHeaders,
  createSecurityHeaders,
} from "security-headers";

const compiled = compileSecurityHeaders({
  xXssProtection: false,
  headers: { "X-Robots-Tag": "noindex" },
});
const artefact = await loadArtefact<ViewerResponseHandler>(`${import.meta.dirname}/..`, compiled);
const { handler } = artefact;

describe("the artefact of security-headers", () => {
  testArtefact(artefact, {
    eventType: "viewer-response",
    requires: ["fs"],
    optionsCode: /OptionsError|nosniff|x-amz/,
  });

  it("sets the configured headers on a response and keeps the others", async () => {
    const event = viewerResponseEvent();
    const { response } = structuredClone(event).Records[0].cf;
    expect(await handler(event)).toEqual({
      ...response,
      headers: { ...response.headers, ...compiled.headers },
    });
    expect(Object.keys(compiled.headers)).toHaveLength(7);
  });

  it("does what the library decides, at viewer-response and at origin-response", async () => {
    const everything = compileSecurityHeaders({
      preset: "spa",
      keepIfPresent: ["Referrer-Policy"],
      pathOverrides: [
        { pathPattern: "/embed/*", xFrameOptions: false },
        { pathPattern: "/exact", server: "own" },
      ],
    });
    const built = await loadArtefact<SecurityHeadersHandler>(
      `${import.meta.dirname}/..`,
      everything,
    );
    const own = createSecurityHeaders(everything);
    for (const uri of ["/", "/embed/a", "/exact", "/a.json"]) {
      for (const contentType of ["text/html", "application/json"]) {
        const event = viewerResponseEvent();
        const { request, response } = event.Records[0].cf;
        Object.assign(request, { uri });
        response.headers["content-type"] = [{ key: "Content-Type", value: contentType }];
        response.headers["referrer-policy"] = [{ key: "Referrer-Policy", value: "origin" }];
        const expected = await own(structuredClone(event));
        expect(await built.handler(event)).toEqual(expected);
        expect(expected.headers?.["referrer-policy"]?.[0]?.value).toBe("origin");
        expect(expected.headers?.["server"]?.[0]?.value).toBe(uri === "/exact" ? "own" : undefined);
      }
    }
  });
});
