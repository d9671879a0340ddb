import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type * as LocalCloudFrontModule from "local-cloudfront";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type ConsumerProject, createConsumerProject } from "../src/consumer-project.ts";

const packages = resolve(import.meta.dirname, "../../../packages");

/** What shows that a function with the options of its README runs. */
interface Probe {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  /** A header of the response, and what it holds. */
  readonly shows: readonly [name: string, value: string];
}

const html = { accept: "text/html", "accept-language": "de" };
const probes: Readonly<Record<string, Probe>> = {
  "spa-rewrite": { path: "/notes/1", headers: html, status: 200, shows: ["content-type", "html"] },
  "security-headers": {
    path: "/index.html",
    status: 200,
    shows: ["content-security-policy", "default-src 'none'"],
  },
  "secret-redirect": {
    path: "/secret",
    status: 302,
    shows: ["location", "https://example.com/hidden"],
  },
  "cache-headers": { path: "/index.html", status: 200, shows: ["cache-control", "s-maxage="] },
  locale: { path: "/about", headers: html, status: 302, shows: ["location", "/de/about"] },
  "origin-select": {
    path: "/v1/index.html",
    status: 200,
    shows: ["content-type", "html"],
  },
  "edge-auth": { path: "/", status: 401, shows: ["www-authenticate", "Basic"] },
};

let project: ConsumerProject;

beforeAll(() => {
  project = createConsumerProject({ type: "module" }, inject("tarballs"));
  project.lend("aws-cdk-lib");
  project.lend("constructs");
  // Git ignores a folder of this name: the built site cannot lie among the fixtures.
  for (const page of ["index.html", "archive/v1/index.html"]) {
    project.write(`dist/${page}`, "<!doctype html><title>A site</title>");
  }
});

afterAll(() => project.remove());

/** The blocks of TypeScript and YAML in a section of a README. */
function blocksOf(name: string, heading: string): readonly string[] {
  const readme = readFileSync(join(packages, name, "README.md"), "utf8");
  const [, ...sections] = readme.split(/^## /m);
  const section = sections.find((each) => each.startsWith(`${heading}\n`)) ?? "";
  const blocks = [...section.matchAll(/^```(?:ts|yaml)\n([^]*?)^```$/gm)];
  return blocks.map(([, code = ""]) => code);
}

describe.each(Object.entries(probes))("the README of %s", (name, probe) => {
  it("has a CDK app that makes the function", () => expectApp(name, probe));

  it("has a template of Lambda@Edge that runs it", async () => {
    const [script = "", template = ""] = blocksOf(name, "In a template");
    project.write(`${name}/write-function.ts`, script);
    project.run("node", `${name}/write-function.ts`);
    project.write("template.yaml", template);
    project.run("node_modules/.bin/edge-check", "template.yaml");
    await expectProbe("template.yaml", probe, "Site");
  });
});

// It runs on CloudFront Functions alone, with a store that nothing has been written to.
it("the README of release-select has a CDK app that makes the function", () =>
  expectApp("release-select", {
    path: "/index.html",
    status: 200,
    shows: ["content-type", "html"],
  }));

async function expectApp(name: string, probe: Probe): Promise<void> {
  const [app = ""] = blocksOf(name, "In a CDK app");
  const assembly = `${name}.out`;
  project.write(`${name}/app.ts`, app);
  project.run("env", `CDK_OUTDIR=${assembly}`, "node", `${name}/app.ts`);
  project.run("node_modules/.bin/edge-check", assembly);
  await expectProbe(assembly, probe, bucketOf(assembly));
}

/** Serves it by the local-cloudfront of the project's own node_modules. */
async function expectProbe(
  assembly: string,
  { path, headers = {}, status, shows: [header, value] }: Probe,
  bucket: string,
): Promise<void> {
  const { LocalCloudFront }: typeof LocalCloudFrontModule = createRequire(
    join(project.folder, "package.json"),
  )("local-cloudfront");
  const { folder } = project;
  const site = join(folder, "dist");
  const cloudfront = await LocalCloudFront.start({
    assembly: join(folder, assembly),
    port: 0,
    origins: { [bucket]: site },
  });
  try {
    const response = await cloudfront.fetch(path, { headers, redirect: "manual" });
    expect({
      status: response.status,
      shown: response.headers.get(header),
      text: await response.text(),
    }).toEqual({
      status,
      shown: expect.stringContaining(value),
      text: expect.stringContaining(status === 200 ? "<title>A site</title>" : ""),
    });
  } finally {
    await cloudfront.close();
  }
}

function bucketOf(assembly: string): string {
  const template = readFileSync(join(project.folder, assembly, "Site.template.json"), "utf8");
  const resources: Readonly<Record<string, { readonly Type: string }>> =
    JSON.parse(template).Resources;
  const [id = ""] =
    Object.entries(resources).find(([, { Type }]) => Type === "AWS::S3::Bucket") ?? [];
  return id;
}
