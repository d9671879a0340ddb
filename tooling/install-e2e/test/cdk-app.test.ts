import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { examplesOf } from "package-check";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type ConsumerProject, copyInto, createConsumerProject } from "../src/consumer-project.ts";

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

const packages = resolve(import.meta.dirname, "../../../packages");

let project: ConsumerProject;
let served: ChildProcess | undefined;

beforeAll(() => {
  project = createConsumerProject({ type: "module" }, inject("tarballs"));
  project.lend("aws-cdk-lib");
  project.lend("constructs");
  copyInto(project, join(import.meta.dirname, "fixtures/cdk-app"));
});

afterAll(() => {
  served?.kill();
  project.remove();
});

function resources(type: string): readonly Resource["Properties"][] {
  const template = readFileSync(join(project.folder, "cdk.out/Shop.template.json"), "utf8");
  const all: Readonly<Record<string, Resource>> = JSON.parse(template).Resources;
  return Object.values(all)
    .filter(({ Type }) => Type === type)
    .map(({ Properties }) => Properties);
}

describe("a CDK app outside of this workspace", () => {
  it("synthesizes the artefacts as their manifests say", () => {
    project.run("node", "app.mjs");
    expect(resources("AWS::Lambda::Function")).toEqual(
      Array.from({ length: 3 }, () =>
        expect.objectContaining({
          Handler: "index.handler",
          MemorySize: 128,
          Runtime: "nodejs22.x",
          Timeout: 5,
        }),
      ),
    );
    expect(resources("AWS::Lambda::Version")).toHaveLength(3);
  });

  it("is checked by the edge-check of its own node_modules", () => {
    const checked = project.run("node_modules/.bin/edge-check", "cdk.out", "--fail-on", "error");
    // The app has no response headers policy, which is worth a warning.
    expect(checked).toMatch(/^warning LE-A-08\n.*\n {2}at Shop\/Distribution\/Resource, /);
    expect(checked).toMatch(/\n1 finding\.\n$/);
  });

  it("runs the example in the documents of local-cloudfront", () => {
    // Those with vitest are tests themselves.
    const example = examplesOf(join(packages, "local-cloudfront/docs/TESTS.md")).find(
      (code) => !code.includes('from "vitest"'),
    );
    project.write("example.mts", example ?? "");
    expect(project.run("node", "example.mts")).toBe("");
  });

  it("is served by the local-cloudfront of its own node_modules, with its own options", async () => {
    const url = await serve();
    const item = await fetch(`${url}/items/1`);
    expect({ status: item.status, server: item.headers.get("server") }).toEqual({
      status: 200,
      server: "Shop",
    });
    expect(await item.text()).toContain("<title>Shop</title>");
    const sale = await fetch(`${url}/sale`, { redirect: "manual" });
    expect({ status: sale.status, location: sale.headers.get("location") }).toEqual({
      status: 307,
      location: "/items/7",
    });
  });
});

async function serve(): Promise<string> {
  const args = ["cdk.out", "--port", "0", "--log", "json", "--origin", `${siteOriginId()}=site`];
  const child = spawn(join(project.folder, "node_modules/.bin/local-cloudfront"), args, {
    cwd: project.folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  served = child;
  for await (const line of createInterface({ input: child.stdout })) {
    return JSON.parse(line).url;
  }
  throw new Error("local-cloudfront ended before it was ready.");
}

function siteOriginId(): string {
  const [distribution] = resources("AWS::CloudFront::Distribution") as readonly {
    readonly DistributionConfig: { readonly Origins: readonly { readonly Id: string }[] };
  }[];
  return distribution?.DistributionConfig.Origins[0]?.Id ?? "";
}
