import { readFile } from "node:fs/promises";
import type { OriginRequestHandler } from "cf-types";
import { loadArtefact, originRequestEvent } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { compileSecretRedirect } from "secret-redirect";

const compiled = compileSecretRedirect({ location: "https://example.com/hidden" });
const { handler, manifest, code } = await loadArtefact<OriginRequestHandler>(
  `${import.meta.dirname}/..`,
  compiled,
);

describe("the artefact of secret-redirect", () => {
  it("is an origin-request function within its byte budget", () => {
    expect(manifest).toMatchObject({
      packageName: "secret-redirect",
      version: packageJson.version,
      eventType: "origin-request",
      handler: "index.handler",
    });
    expect(manifest.bundle.bytes).toBe(Buffer.byteLength(code));
    expect(manifest.bundle.bytes).toBeLessThanOrEqual(packageJson.edgeFunction.budgetBytes);
  });

  it("has the size that the README names", async () => {
    const readme = await readFile(`${import.meta.dirname}/../README.md`, "utf8");
    expect(readme).toContain(`one minified CommonJS file of ${manifest.bundle.bytes} bytes`);
    expect(readme).toContain(`byte budget is ${packageJson.edgeFunction.budgetBytes}.`);
  });

  it("requires nothing but its configuration, and has none of the options code inside", () => {
    expect(code.match(/require\(|import\(/g)).toEqual(["require("]);
    expect(code).not.toMatch(/OptionsError|Moved Permanently/);
  });

  it("answers the secret path with the configured redirect", async () => {
    expect(await handler(originRequestEvent({ uri: "/secret" }))).toEqual(compiled.response);
  });

  it("lets every other request pass untouched", async () => {
    const event = originRequestEvent({ uri: "/index.html", querystring: "a=1" });
    const { request } = structuredClone(event).Records[0].cf;
    expect(await handler(event)).toEqual(request);
  });
});
