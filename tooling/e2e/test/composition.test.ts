import { globSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalCloudFront } from "local-cloudfront";
import { compileSecretRedirect } from "secret-redirect";
import { compileSpaRewrite } from "spa-rewrite";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { engines } from "../src/engines.ts";
import { synthesizedAssembly } from "../src/synthesized-assembly.ts";

const redirect = {
  package: "secret-redirect",
  config: compileSecretRedirect({ rules: [{ from: "/old", to: "/notes/1" }] }),
  eventType: "viewer-request" as const,
};
const rewrite = {
  package: "spa-rewrite",
  config: compileSpaRewrite({ routes: ["/notes/:id(\\d+)"] }),
};
const version = expect.stringMatching(/^\d+\.\d+\.\d+$/);

describe.each(engines)("two packages on viewer-request, with %s", (engine) => {
  let cloudfront: LocalCloudFront;

  beforeAll(async () => {
    const assembly = synthesizedAssembly({ engine, functions: [redirect, rewrite] });
    cloudfront = await LocalCloudFront.start({ assembly, port: 0 });
  });

  afterAll(() => cloudfront.close());

  async function membersAt(path: string, status: number) {
    const headers = { accept: "text/html" };
    const response = await cloudfront.fetch(path, { headers, redirect: "manual" });
    expect(response.status).toBe(status);
    const steps = cloudfront.traces().at(-1)?.steps ?? [];
    const step = steps.find((each) => each.step === "viewer-request");
    if (step === undefined || !("members" in step)) throw new Error("No function has run.");
    expect(step.function.name).toBe("secret-redirect + spa-rewrite");
    return step.members;
  }

  it("each have what they changed, by themselves", async () => {
    expect(await membersAt("/notes/1", 200)).toEqual([
      { name: "secret-redirect", version, outcome: "request", changes: [] },
      {
        name: "spa-rewrite",
        version,
        outcome: "request",
        changes: [{ part: "uri", name: "", before: "/notes/1", after: "/index.html" }],
      },
    ]);
  });

  it("the second does not run where the first generates a response", async () => {
    const [first, second] = await membersAt("/old", 302);
    expect(first).toMatchObject({ name: "secret-redirect", outcome: "generated-response" });
    expect(first?.changes).toContainEqual({
      part: "status",
      name: "",
      before: undefined,
      after: "302",
    });
    expect(second).toEqual({ name: "spa-rewrite", version, outcome: "not-run", changes: [] });
  });
});

it("what a package of a composed function throws is named with the package", async () => {
  const assembly = synthesizedAssembly({ engine: "lambda-edge", functions: [rewrite, redirect] });
  const [file = ""] = globSync("asset.*/members/1/config.json", { cwd: assembly });
  writeFileSync(join(assembly, file), JSON.stringify({ ...redirect.config, responses: [] }));
  const cloudfront = await LocalCloudFront.start({ assembly, port: 0 });
  onTestFinished(() => cloudfront.close());
  expect((await cloudfront.fetch("/old")).status).toBe(503);
  const step = cloudfront
    .traces()
    .at(-1)
    ?.steps.find((each) => "failure" in each && "run" in each);
  if (step === undefined || !("members" in step)) throw new Error("No function has run.");
  expect(step.failure?.detail).toMatch(/secret-redirect \d+\.\d+\.\d+: /);
  expect(step.members.map(({ outcome }) => outcome)).toEqual(["request", "failure"]);
});
