import type { ViewerRequestHandler } from "cf-types";
import {
  loadArtefact,
  startFunction,
  testArtefact,
  viewerRequestEvent,
} from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileEdgeAuth } from "edge-auth";
import { audience, issuer, signingKey } from "./support/tokens.ts";

const packageFolder = `${import.meta.dirname}/..`;
const key = await signingKey("ES256");
const compiledOptions = compileEdgeAuth({
  rules: [
    { token: { issuer, audience, jwks: { keys: [key.jwk] }, claimHeaders: { "x-user": "sub" } } },
  ],
});
const artefact = await loadArtefact<ViewerRequestHandler>(packageFolder, compiledOptions);

describe("the Lambda@Edge function of edge-auth", () => {
  testArtefact(artefact, {
    eventType: "viewer-request",
    requires: ["fs", "node:crypto", "node:crypto"],
    optionsCode: /OptionsError/,
  });

  it("does what the handler does", async () => {
    const event = viewerRequestEvent({ uri: "/admin" });
    expect(await artefact.handler(event)).toHaveProperty("status", "401");
  });

  it("lets who has a token pass on a local CloudFront, and answers others with 401", async () => {
    const engine = "lambda-edge";
    const cloudfront = await startFunction({ packageFolder, engine, compiledOptions });
    const refused = await cloudfront.fetch("/");
    expect(refused.status).toBe(401);
    expect(refused.headers.get("www-authenticate")).toBe("Bearer");
    expect(await refused.text()).toBe("Unauthorized: no token.\n");
    const headers = { authorization: `Bearer ${await key.sign()}` };
    expect(await (await cloudfront.fetch("/", { headers })).text()).toBe("<!doctype html>");
  });
});
