import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { fixtures, refusalOf } from "../../test/samples/template.ts";
import { readCloudAssembly } from "./read-cloud-assembly.ts";

/** Writes files into a fresh folder and returns it. */
function folderOf(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), "cloud-assembly-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(
      join(folder, name),
      typeof content === "string" ? content : JSON.stringify(content),
    );
  }
  return folder;
}

function manifestOf(artifacts: unknown, version = "55.0.0"): unknown {
  return { version, artifacts };
}

function refusalIn(folder: string, path = folder): string {
  return refusalOf(() => readCloudAssembly(path)).replaceAll(folder, "<folder>");
}

describe("a folder that cdk synth wrote", () => {
  it("has the stacks of its manifest", () => {
    const assembly = readCloudAssembly(join(fixtures, "spa-assembly"));
    expect(assembly.folder).toBe(join(fixtures, "spa-assembly"));
    expect(assembly.stacks).toHaveLength(1);
    expect(assembly.stacks[0]).toMatchObject({
      name: "site",
      displayName: "site",
      account: undefined,
      region: undefined,
      folder: join(fixtures, "spa-assembly"),
      templateFile: join(fixtures, "spa-assembly/site.template.json"),
      template: { Resources: { Bucket83908E77: { Type: "AWS::S3::Bucket" } } },
    });
  });

  it("has the file assets of the stack's asset manifest, with absolute paths", () => {
    const [stack] = readCloudAssembly(join(fixtures, "spa-assembly")).stacks;
    const id = "5d96befebabb1ed7aaf0a404eef449dd74c66c2d9a1cbb1febd71fc5e4267bb9";
    expect(stack?.assets).toContainEqual({
      id,
      path: join(fixtures, `spa-assembly/asset.${id}`),
      packaging: "zip",
      objectKeys: [`${id}.zip`],
    });
  });

  it("has the stacks of stages, each with its own folder, environment and assets", () => {
    const folder = join(fixtures, "assembly-with-stages");
    const { stacks } = readCloudAssembly(folder);
    expect(
      stacks.map(({ template: _template, assets, ...stack }) => ({
        ...stack,
        assetPath: assets[0]?.path,
      })),
    ).toEqual([
      {
        name: "Prod-Site",
        displayName: "Prod/Site",
        account: "111122223333",
        region: "us-east-1",
        templateFile: join(folder, "assembly-Prod/ProdSite6B42D4EF.template.json"),
        folder: join(folder, "assembly-Prod"),
        assetPath: join(
          folder,
          "asset.5d96befebabb1ed7aaf0a404eef449dd74c66c2d9a1cbb1febd71fc5e4267bb9",
        ),
      },
      {
        name: "Test-Site",
        displayName: "Test/Site",
        account: undefined,
        region: "us-east-1",
        templateFile: join(folder, "assembly-Test/TestSite6C4859AE.template.json"),
        folder: join(folder, "assembly-Test"),
        assetPath: join(
          folder,
          "asset.5d96befebabb1ed7aaf0a404eef449dd74c66c2d9a1cbb1febd71fc5e4267bb9",
        ),
      },
    ]);
  });

  it("may be named relative to the working directory", () => {
    const path = relative(process.cwd(), join(fixtures, "spa-assembly"));
    expect(readCloudAssembly(path).path).toBe(join(fixtures, "spa-assembly"));
  });

  it("has no asset for what a command produces on upload", () => {
    const folder = folderOf({
      "manifest.json": manifestOf({
        assets: { type: "cdk:asset-manifest", properties: { file: "site.assets.json" } },
        site: {
          type: "aws:cloudformation:stack",
          properties: { templateFile: "site.template.json" },
        },
      }),
      "site.assets.json": { files: { made: { source: { executable: ["make"] } } } },
      "site.template.json": { Resources: {} },
    });
    expect(readCloudAssembly(folder).stacks[0]?.assets).toEqual([]);
  });
});

describe("a template file", () => {
  it.each(["site.json", "site.template.json", "site.yaml", "site.yml", "site.template"])(
    "%s is an assembly of one stack that has its name",
    (name) => {
      const folder = folderOf({ [name]: { Resources: { Bucket: { Type: "AWS::S3::Bucket" } } } });
      expect(readCloudAssembly(join(folder, name))).toMatchObject({
        path: join(folder, name),
        folder,
        stacks: [
          {
            name: "site",
            displayName: "site",
            folder,
            assets: [],
            template: { Resources: { Bucket: { Type: "AWS::S3::Bucket" } } },
          },
        ],
      });
    },
  );

  it("gives its stack a name that CloudFormation would take", () => {
    const folder = folderOf({ "my site_v1.2.yaml": "Resources: {}" });
    expect(readCloudAssembly(join(folder, "my site_v1.2.yaml")).stacks[0]?.name).toBe(
      "my-site-v1-2",
    );
  });
});

describe("what is no assembly is refused", () => {
  it("a path that does not exist", () => {
    expect(refusalOf(() => readCloudAssembly("no/such/cdk.out"))).toMatchInlineSnapshot(
      `"Cloud assembly does not exist: got "no/such/cdk.out". Synthesize the app first (\`cdk synth\`), or name a template file."`,
    );
  });

  it("a folder without a manifest", () => {
    expect(refusalIn(folderOf({ "index.html": "" }))).toMatchInlineSnapshot(
      `"Folder "<folder>" is not a cloud assembly: it has no manifest.json. Name the folder that \`cdk synth\` writes (cdk.out)."`,
    );
  });

  it("a file of another kind", () => {
    const folder = folderOf({ "site.txt": "" });
    expect(refusalIn(folder, join(folder, "site.txt"))).toMatchInlineSnapshot(
      `"Template file must end in .json, .yaml, .yml, .template: got "<folder>/site.txt". Name a template, or the folder that \`cdk synth\` writes (cdk.out)."`,
    );
  });

  it("a template that is no JSON", () => {
    const folder = folderOf({ "site.json": '{ "Resources": ' });
    expect(refusalIn(folder, join(folder, "site.json"))).toMatchInlineSnapshot(
      `"Template "<folder>/site.json" is not valid JSON: Unexpected end of JSON input. Mend the file, or synthesize it again."`,
    );
  });

  it("a template that is no YAML", () => {
    const folder = folderOf({ "site.yaml": "Resources:\n  A: [1\n  B: 2" });
    expect(refusalIn(folder, join(folder, "site.yaml"))).toMatchInlineSnapshot(
      `"Template "<folder>/site.yaml" is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ] at line 3, column 3. Mend the file, or synthesize it again."`,
    );
  });

  it.each([
    ["without resources", { AWSTemplateFormatVersion: "2010-09-09" }],
    ["that is a list", []],
    ["that is empty", ""],
    ["whose resources are a list", { Resources: [] }],
  ])("a template %s", (_name, template) => {
    const folder = folderOf({ "site.yaml": template });
    expect(refusalIn(folder, join(folder, "site.yaml"))).toBe(
      'File "<folder>/site.yaml" is not a CloudFormation template: it has no "Resources" section. Name a template, or the folder that `cdk synth` writes (cdk.out).',
    );
  });

  it("a manifest of a newer schema", () => {
    const folder = folderOf({ "manifest.json": manifestOf({}, "56.0.0") });
    expect(refusalIn(folder)).toMatchInlineSnapshot(
      `"Property "version" of "<folder>/manifest.json" is newer than this version of local-cloudfront knows: got "56.0.0", known up to 55. Update local-cloudfront, or synthesize with an older aws-cdk-lib."`,
    );
  });

  it("an assembly with a fault in one of its files", () => {
    const faults = {
      "a manifest that is no JSON": { "manifest.json": "{" },
      "a manifest without a version": { "manifest.json": { artifacts: {} } },
      "a manifest with an odd version": { "manifest.json": manifestOf({}, "next") },
      "artifacts that are a list": { "manifest.json": manifestOf([]) },
      "a stack without a template file": {
        "manifest.json": manifestOf({ site: { type: "aws:cloudformation:stack" } }),
      },
      "a stack whose template is missing": {
        "manifest.json": manifestOf({
          site: { type: "aws:cloudformation:stack", properties: { templateFile: "site.json" } },
        }),
      },
      "a stage whose assembly is missing": {
        "manifest.json": manifestOf({
          prod: { type: "cdk:cloud-assembly", properties: { directoryName: "assembly-prod" } },
        }),
      },
      "an asset with an odd packaging": {
        "manifest.json": manifestOf({
          assets: { type: "cdk:asset-manifest", properties: { file: "assets.json" } },
        }),
        "assets.json": { files: { a: { source: { path: "a", packaging: "tar" } } } },
      },
      "an asset without a source": {
        "manifest.json": manifestOf({
          assets: { type: "cdk:asset-manifest", properties: { file: "assets.json" } },
        }),
        "assets.json": { files: { a: {} } },
      },
    };
    expect(
      Object.fromEntries(
        Object.entries(faults).map(([name, files]) => [name, refusalIn(folderOf(files))]),
      ),
    ).toMatchInlineSnapshot(`
      {
        "a manifest that is no JSON": "File "<folder>/manifest.json" is not valid JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2). Synthesize the app again (\`cdk synth\`).",
        "a manifest with an odd version": "Property "version" of "<folder>/manifest.json" must be a version number: got "next". Synthesize the app again (\`cdk synth\`).",
        "a manifest without a version": "Property "version" of "<folder>/manifest.json" must be a string: got nothing. Synthesize the app again (\`cdk synth\`).",
        "a stack whose template is missing": "File "<folder>/site.json" cannot be read (ENOENT). Synthesize the app again (\`cdk synth\`).",
        "a stack without a template file": "Artifact "site" of "<folder>/manifest.json", property "templateFile", must be a string: got nothing. Synthesize the app again (\`cdk synth\`).",
        "a stage whose assembly is missing": "File "<folder>/assembly-prod/manifest.json" cannot be read (ENOENT). Synthesize the app again (\`cdk synth\`).",
        "an asset with an odd packaging": "Asset "a" of "<folder>/assets.json", property "source.packaging", must be "zip" or "file": got "tar". Synthesize the app again (\`cdk synth\`).",
        "an asset without a source": "Asset "a" of "<folder>/assets.json", property "source", must be an object: got nothing. Synthesize the app again (\`cdk synth\`).",
        "artifacts that are a list": "Property "artifacts" of "<folder>/manifest.json" must be an object: got []. Synthesize the app again (\`cdk synth\`).",
      }
    `);
  });
});
