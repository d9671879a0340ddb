import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type WorkspaceClone, cloneWorkspace } from "../src/workspace-clone.ts";

const functions = ["spa-rewrite", "security-headers", "secret-redirect"];

interface Released {
  /** The text of manifest.json, by package. */
  readonly manifests: Readonly<Record<string, string>>;
  /** The bundle, by package. */
  readonly bundles: Readonly<Record<string, string>>;
  /** The logical id of the Lambda version, by package. */
  readonly lambdaVersions: Readonly<Record<string, string>>;
}

let clone: WorkspaceClone;

beforeAll(() => {
  clone = cloneWorkspace();
  // What waits for the next release is released first.
  clone.run("pnpm", "changeset", "version");
  clone.commit("Release what waits");
});

afterAll(() => clone.remove());

function release(): Released {
  clone.turbo("synth");
  const artefacts = (file: string) =>
    Object.fromEntries(
      functions.map((name) => [name, clone.read(`packages/${name}/dist/lambda/${file}`)]),
    );
  return {
    manifests: artefacts("manifest.json"),
    bundles: artefacts("index.cjs"),
    lambdaVersions: lambdaVersions(),
  };
}

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly Description?: string;
    readonly FunctionName?: { readonly Ref: string };
  };
}

function lambdaVersions(): Readonly<Record<string, string>> {
  const template = JSON.parse(clone.read("apps/infra/cdk.out/notes.template.json"));
  const resources: Readonly<Record<string, Resource>> = template.Resources;
  return Object.fromEntries(
    Object.entries(resources)
      .filter(([, { Type }]) => Type === "AWS::Lambda::Version")
      .map(([logicalId, { Properties }]) => {
        const description = resources[Properties.FunctionName?.Ref ?? ""]?.Properties.Description;
        return [description?.split(" ")[0] ?? "", logicalId];
      }),
  );
}

function changed(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly string[] {
  return functions.filter((name) => before[name] !== after[name]);
}

describe("a new version of one function", () => {
  it.each(functions)("%s: its artefact and its Lambda version differ, and no other", (name) => {
    const before = release();
    expect(Object.keys(before.lambdaVersions).toSorted()).toEqual(functions.toSorted());
    writeFileSync(
      join(clone.folder, ".changeset/brave-edges-listen.md"),
      `---\n"${name}": patch\n---\n\nAnswer faster.\n`,
    );
    clone.run("pnpm", "changeset", "version");

    const after = release();
    expect(changed(before.manifests, after.manifests)).toEqual([name]);
    expect(changed(before.lambdaVersions, after.lambdaVersions)).toEqual([name]);
    expect(changed(before.bundles, after.bundles)).toEqual([]);

    clone.commit(`Release ${name}`);
    const status = clone.run("pnpm", "changeset", "status", "--verbose");
    expect(functions.filter((each) => status.includes(each))).toEqual([]);
    // It can be published as it is.
    clone.run("pnpm", "--filter", name, "exec", "package-check");
  });
});

describe("a site outside of the workspace", () => {
  it("is read anew by each synth: what was built since is served", () => {
    const site = mkdtempSync(join(tmpdir(), "outside-site-"));
    onTestFinished(() => rmSync(site, { recursive: true }));
    const file = join(clone.folder, "apps/infra/edge.config.ts");
    const config = clone.read("apps/infra/edge.config.ts");
    onTestFinished(() => writeFileSync(file, config));
    const functions = '{ package: "security-headers", config: compileForSite({ preset: "spa" }) },';
    writeFileSync(
      file,
      `import { compileForSite } from "security-headers";
import { defineEdgeConfig } from "edge-site";
export const edgeConfig = defineEdgeConfig({
  stackName: "outside",
  siteFolder: ${JSON.stringify(site)},
  functions: [${functions}],
});
`,
    );
    const prepared = (page: string): string => {
      writeFileSync(join(site, "index.html"), `<!doctype html><title>${page}</title>`);
      clone.turbo("synth");
      return clone.read("apps/infra/cdk.out/site/index.html");
    };
    expect(prepared("first")).toContain("<title>first</title>");
    expect(prepared("second")).toContain("<title>second</title>");
  });
});
