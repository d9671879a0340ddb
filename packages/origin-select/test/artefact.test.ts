import {
  loadArtefact,
  originRequestEvent,
  startFunction,
  testArtefact,
  viewerRequestEvent,
} from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileOriginSelect, createOriginSelect, type OriginSelectHandler } from "origin-select";

const packageFolder = `${import.meta.dirname}/..`;
const compiledOptions = compileOriginSelect({
  origins: { api: { domainName: "api.example.com", protocol: "http" } },
  rules: [
    { pathPattern: "/api/*", origin: "api" },
    { hosts: ["pr-*.example.com"], prefix: "/previews/pr-{1}" },
    { regions: ["us-*"], pathPattern: "/near/*", origin: "api" },
  ],
});
const artefact = await loadArtefact<OriginSelectHandler>(packageFolder, compiledOptions);

describe("the Lambda@Edge function of origin-select", () => {
  testArtefact(artefact, {
    eventType: "origin-request",
    requires: ["fs"],
    optionsCode: /OptionsError|sigv4/,
  });

  it("does what the library decides, at origin-request and at viewer-request", async () => {
    const own = createOriginSelect(compiledOptions);
    const headers = { host: [{ key: "Host", value: "pr-7.example.com" }] };
    for (const uri of ["/", "/api/x", "/../x"]) {
      const viewer = viewerRequestEvent({ uri, headers });
      expect(await artefact.handler(structuredClone(viewer))).toEqual(await own(viewer));
      const origin = originRequestEvent({ uri });
      expect(await artefact.handler(structuredClone(origin))).toEqual(await own(origin));
    }
  });

  it("LE-B-41, LE-B-44: sends to an origin that the distribution does not have", async () => {
    const cloudfront = await startFunction({
      packageFolder,
      engine: "lambda-edge",
      compiledOptions,
      files: { "previews/pr-7/a": "preview" },
      otherOrigins: { "api.example.com": { "api/x": "from the api", "near/x": "near" } },
    });
    expect(await (await cloudfront.fetch("/api/x")).text()).toBe("from the api");
    expect(await (await cloudfront.fetch("/")).text()).toBe("<!doctype html>");
    expect(await (await cloudfront.fetch("/near/x")).text()).toBe("near");
  });
});
