import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { refusalOf } from "../../test/samples.ts";
import { EvaluatedAssembly } from "../evaluated-assembly.ts";
import { findAsset } from "./cloud-assembly.ts";
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

const stackArtifact = (file: string, more: object = {}): object => ({
  type: "aws:cloudformation:stack",
  properties: { templateFile: file },
  ...more,
});

describe("a folder that the LegacyStackSynthesizer, or CDK 1, wrote", () => {
  const parameters = {
    s3BucketParameter: "AssetBucket",
    s3KeyParameter: "AssetKey",
    artifactHashParameter: "AssetHash",
  };
  const declared = { Type: "String" };
  const template = {
    Parameters: { AssetBucket: declared, AssetKey: declared, AssetHash: declared, Stage: declared },
    Resources: { Bucket: { Type: "AWS::S3::Bucket" } },
  };
  const data = { id: "abc", path: "asset.abc", packaging: "zip", sourceHash: "abc", ...parameters };
  const metadata = { "/site": [{ type: "aws:cdk:asset", data }] };

  it.each([
    ["in the manifest", { site: stackArtifact("site.template.json", { metadata }) }, {}],
    [
      "in a file of its own",
      {
        site: stackArtifact("site.template.json", { additionalMetadataFile: "site.metadata.json" }),
      },
      { "site.metadata.json": metadata },
    ],
  ])(
    "has the assets of its metadata %s, and the parameters that name them",
    (_, artifacts, files) => {
      const folder = folderOf({
        "manifest.json": manifestOf(artifacts),
        "site.template.json": template,
        ...files,
      });
      const [stack] = readCloudAssembly(folder).stacks;
      expect(stack && findAsset(stack, "abc.zip")).toMatchObject({
        path: join(folder, "asset.abc"),
        packaging: "zip",
      });
      expect(stack?.template["Parameters"]).toMatchObject({
        AssetBucket: { Default: "cdk-assets" },
        AssetKey: { Default: "||abc.zip" },
        AssetHash: { Default: "abc" },
        Stage: declared,
      });
    },
  );
});

describe("a folder that cdk synth wrote", () => {
  const id = "5d96befebabb1ed7";
  const folder = folderOf({
    "manifest.json": manifestOf({
      assets: { type: "cdk:asset-manifest", properties: { file: "site.assets.json" } },
      site: stackArtifact("site.template.json", {
        environment: "aws://unknown-account/unknown-region",
        metadata: { "/site/Bucket": [{ type: "aws:cdk:logicalId", data: "Bucket" }] },
      }),
    }),
    "site.assets.json": {
      files: {
        [id]: {
          source: { path: `asset.${id}`, packaging: "zip" },
          destinations: { here: { objectKey: `${id}.zip` } },
        },
      },
    },
    "site.template.json": { Resources: { Bucket: { Type: "AWS::S3::Bucket" } } },
  });

  it("has the stacks of its manifest, with their constructs", () => {
    const assembly = readCloudAssembly(folder);
    expect(assembly.folder).toBe(folder);
    expect(assembly.stacks).toHaveLength(1);
    expect(assembly.stacks[0]).toMatchObject({
      name: "site",
      displayName: "site",
      account: undefined,
      region: undefined,
      folder,
      templateFile: join(folder, "site.template.json"),
      template: { Resources: { Bucket: { Type: "AWS::S3::Bucket" } } },
    });
    expect(assembly.stacks[0]?.constructs.get("Bucket")?.constructPath).toBe("site/Bucket");
  });

  it("has the file assets of the stack's asset manifest, with absolute paths", () => {
    expect(readCloudAssembly(folder).stacks[0]?.assets).toEqual([
      { id, path: join(folder, `asset.${id}`), packaging: "zip", objectKeys: [`${id}.zip`] },
    ]);
  });

  it("may be named relative to the working directory", () => {
    expect(readCloudAssembly(relative(process.cwd(), folder)).path).toBe(folder);
  });

  it("has the stacks of stages, each with its own folder, environment and assets", () => {
    const stages = folderOf({
      "manifest.json": manifestOf({
        "assembly-Prod": {
          type: "cdk:cloud-assembly",
          properties: { directoryName: "assembly-Prod" },
        },
      }),
      "assembly-Prod/manifest.json": manifestOf({
        assets: { type: "cdk:asset-manifest", properties: { file: "Site.assets.json" } },
        ProdSite: {
          type: "aws:cloudformation:stack",
          properties: { templateFile: "Site.template.json", stackName: "Prod-Site" },
          environment: "aws://111122223333/us-east-1",
          displayName: "Prod/Site",
        },
      }),
      "assembly-Prod/Site.assets.json": { files: { a: { source: { path: "../asset.a" } } } },
      "assembly-Prod/Site.template.json": { Resources: {} },
    });
    expect(readCloudAssembly(stages).stacks).toMatchObject([
      {
        name: "Prod-Site",
        displayName: "Prod/Site",
        account: "111122223333",
        region: "us-east-1",
        templateFile: join(stages, "assembly-Prod/Site.template.json"),
        folder: join(stages, "assembly-Prod"),
        assets: [{ path: join(stages, "asset.a") }],
      },
    ]);
  });

  it("may have a stack without resources, which a deployment skips", () => {
    const shared = folderOf({
      "manifest.json": manifestOf({ shared: stackArtifact("shared.template.json") }),
      "shared.template.json": { Parameters: {} },
    });
    expect(readCloudAssembly(shared).stacks).toMatchObject([{ name: "shared" }]);
  });

  it("has no asset for what a command produces on upload", () => {
    const folder = folderOf({
      "manifest.json": manifestOf({
        assets: { type: "cdk:asset-manifest", properties: { file: "site.assets.json" } },
        site: stackArtifact("site.template.json"),
      }),
      "site.assets.json": { files: { made: { source: { executable: ["make"] } } } },
      "site.template.json": { Resources: {} },
    });
    expect(readCloudAssembly(folder).stacks[0]?.assets).toEqual([]);
  });
});

describe("a folder that the Serverless Framework packaged", () => {
  it("is its template, with the zip files beside it", () => {
    const folder = folderOf({
      "cloudformation-template-update-stack.json": { Resources: {} },
      "edge.zip": "zip",
    });
    const [stack, ...others] = readCloudAssembly(folder).stacks;
    expect(others).toEqual([]);
    if (stack === undefined) throw new Error("The folder has a template.");
    expect(findAsset(stack, "serverless/site/dev/1700000000000-2023-11-14/edge.zip")).toMatchObject(
      {
        path: join(folder, "edge.zip"),
        packaging: "file",
      },
    );
    expect(findAsset(stack, "serverless/site/other.zip")).toBeUndefined();
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
      `"Cloud assembly does not exist: got "no/such/cdk.out". Synthesize the app first (\`cdk synth\`), or name a template or a plan of Terraform."`,
    );
  });

  it("a folder without a manifest", () => {
    expect(refusalIn(folderOf({ "index.html": "" }))).toMatchInlineSnapshot(
      `"Folder "<folder>" is not a cloud assembly: it has no manifest.json. Name the folder that \`cdk synth\` writes (cdk.out), the one that \`serverless package\` writes (.serverless), a template, or a plan of Terraform."`,
    );
  });

  it("a file of another kind", () => {
    const folder = folderOf({ "site.txt": "" });
    expect(refusalIn(folder, join(folder, "site.txt"))).toMatchInlineSnapshot(
      `"Template file must end in .json, .yaml, .yml, .template: got "<folder>/site.txt". Name a template, a plan of Terraform as JSON, or the folder that \`cdk synth\` writes (cdk.out)."`,
    );
  });

  it("a template that is no JSON", () => {
    const folder = folderOf({ "site.json": '{ "Resources": ' });
    expect(refusalIn(folder, join(folder, "site.json"))).toMatchInlineSnapshot(
      `"Template "<folder>/site.json" is not valid JSON: Unexpected end of JSON input. Fix the file, or make it again."`,
    );
  });

  it("a template that is no YAML", () => {
    const folder = folderOf({ "site.yaml": "Resources:\n  A: [1\n  B: 2" });
    expect(refusalIn(folder, join(folder, "site.yaml"))).toMatchInlineSnapshot(
      `"Template "<folder>/site.yaml" is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ] at line 3, column 3. Fix the file, or make it again."`,
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
      'File "<folder>/site.yaml" is not a CloudFormation template: it has no "Resources" section. Name a template, a plan of Terraform as JSON, or the folder that `cdk synth` writes (cdk.out).',
    );
  });

  it("a serverless.yml, or a part of one", () => {
    const origin = { DomainName: "${self:custom.domain}", Bucket: { Ref: "Elsewhere" } };
    const folder = folderOf({
      "serverless.yml": { service: "site", provider: { name: "aws" } },
      "resource.yml": { Type: "Custom::Site", Properties: origin },
      "part.yml": { Resources: { Site: { Type: "Custom::Site", Properties: origin } } },
    });
    const part = join(folder, "part.yml");
    const site = new EvaluatedAssembly(readCloudAssembly(part).stacks).resourcesOfType(
      "Custom::Site",
    )[0];
    const packageFirst =
      "It is a file of the Serverless Framework: package the service (`serverless package`), and name the folder that this writes (.serverless).";
    expect(refusalIn(folder, join(folder, "serverless.yml"))).toMatch(packageFirst);
    expect(refusalIn(folder, join(folder, "resource.yml"))).toMatch(packageFirst);
    expect(refusalOf(() => site?.properties.property("Bucket").string())).toMatch(packageFirst);
    const domainName = site?.properties.property("DomainName");
    expect(domainName?.error("is not a host name", "Correct it.").message).toMatch(packageFirst);
  });

  it("a manifest of a newer schema", () => {
    const folder = folderOf({ "manifest.json": manifestOf({}, "56.0.0") });
    expect(refusalIn(folder)).toMatchInlineSnapshot(
      `"Property "version" of "<folder>/manifest.json" is newer than this program knows: got "56.0.0", known up to 55. Update the program, or synthesize with an older aws-cdk-lib."`,
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

describe("what Terraform makes", () => {
  const planFirst =
    "Write the plan as JSON and name that file: `terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json`.";

  it("is a plan as JSON: resources by their address, those of modules included", () => {
    const resource = (address: string, type: string, values: object) => ({
      address,
      mode: "managed",
      type,
      name: "site",
      values,
    });
    const folder = folderOf({
      "plan.json": {
        format_version: "1.2",
        planned_values: {
          root_module: {
            resources: [resource("aws_s3_bucket.site", "aws_s3_bucket", { bucket: "site" })],
            child_modules: [
              {
                address: "module.a",
                resources: [
                  resource("module.a.aws_sqs_queue.site[0]", "aws_sqs_queue", { name: "queue" }),
                ],
              },
            ],
          },
        },
      },
    });
    const [stack] = readCloudAssembly(join(folder, "plan.json")).stacks;
    expect(stack?.source).toBe("terraform");
    expect(stack?.template).toEqual({
      Resources: {
        "aws_s3_bucket.site": { Type: "AWS::S3::Bucket", Properties: { BucketName: "site" } },
        "module.a.aws_sqs_queue.site[0]": { Type: "Terraform::aws_sqs_queue" },
      },
    });
  });

  it("is refused as a folder of configuration and as a binary plan, with what to do", () => {
    const folder = folderOf({ "main.tf": "", "plan.bin": "PK\u0003\u0004 tfplan" });
    expect(refusalIn(folder)).toBe(
      `Folder "<folder>" is a configuration of Terraform. ${planFirst}`,
    );
    expect(refusalIn(folder, join(folder, "plan.bin"))).toBe(
      `File "<folder>/plan.bin" is a binary plan of Terraform. ${planFirst}`,
    );
  });
});

describe("what `aws cloudformation package` writes", () => {
  it("names keys of S3, for which a zip file beside the template is taken", () => {
    const folder = folderOf({
      "packaged.yaml": "Resources: {A: {Type: A}}",
      "0a1b2c3d.zip": "PK",
    });
    const [stack] = readCloudAssembly(join(folder, "packaged.yaml")).stacks;
    if (stack === undefined) throw new Error("There is no stack.");
    expect(findAsset(stack, "prefix/0a1b2c3d")?.path).toBe(join(folder, "0a1b2c3d.zip"));
    expect(findAsset(stack, "prefix/other")).toBeUndefined();
  });
});
