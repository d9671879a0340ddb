import { readFile } from "node:fs/promises";
import type { ViewerRequestHandler } from "cf-types";
import { loadArtefact, viewerRequestEvent } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { compileSpaRewrite } from "spa-rewrite";

const compiled = compileSpaRewrite({ routes: ["/notes/:id(\\d+)", "/notes/:id(\\d+)/edit"] });
const { handler, manifest, code } = await loadArtefact<ViewerRequestHandler>(
  `${import.meta.dirname}/..`,
  compiled,
);

describe("the artefact of spa-rewrite", () => {
  it("is a viewer-request function within its byte budget", () => {
    expect(manifest).toMatchObject({
      packageName: "spa-rewrite",
      version: packageJson.version,
      eventType: "viewer-request",
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

  it("requires nothing but what reads its configuration, and has none of the options code inside", () => {
    expect(code.match(/require\([^)]*|import\([^)]*/g)).toEqual([
      'require("fs"',
      'require("./site-rewrite.cjs"',
    ]);
    expect(code).not.toContain("OptionsError");
  });

  it("serves every feature of the options from the same bytes", async () => {
    const { handler } = await loadArtefact<ViewerRequestHandler>(
      `${import.meta.dirname}/..`,
      compileSpaRewrite({
        mode: "fallback",
        apps: [{ prefix: "/admin" }],
        siteFiles: ["index.html", "admin/index.html", "docs/index.html", "LICENSE"],
        dottedPaths: ["/users/:name"],
        trailingSlash: "remove",
        logEvery: 0,
      }),
    );
    const answer = async (uri: string) => {
      const result = await handler(viewerRequestEvent({ uri, querystring: "a=1" }));
      return "uri" in result ? result.uri : result.headers?.["location"]?.[0]?.value;
    };
    expect(await answer("/notes")).toBe("/index.html");
    expect(await answer("/notes/")).toBe("/notes?a=1");
    expect(await answer("/admin/users")).toBe("/admin/index.html");
    expect(await answer("/docs")).toBe("/docs/index.html");
    expect(await answer("/LICENSE")).toBe("/LICENSE");
    expect(await answer("/users/jane.doe")).toBe("/index.html");
    expect(await answer("/app-old.js")).toBe("/app-old.js");
    expect(await answer("/api/x")).toBe("/api/x");
  });

  it.each([
    ["/notes/1", "/index.html"],
    ["/notes/42/edit", "/index.html"],
    ["/notes/abc", "/notes/abc"],
    ["/x/notes/1", "/x/notes/1"],
    ["/notes/1/edit/x", "/notes/1/edit/x"],
    ["/", "/"],
  ])("answers %s with %s", async (uri, expected) => {
    const event = viewerRequestEvent({ uri, querystring: "a=1" });
    const { request } = structuredClone(event).Records[0].cf;
    expect(await handler(event)).toEqual({ ...request, uri: expected });
  });
});
