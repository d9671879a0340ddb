import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { LocalCloudFront, type LocalCloudFrontOptions } from "local-cloudfront";
import { onTestFinished } from "vitest";
import { cloudAssemblyPath } from "./cloud-assembly-path.ts";

/** The parts of the synthesized template that tests change. */
export interface SynthesizedTemplate {
  readonly Resources: Readonly<
    Record<
      string,
      {
        readonly Type: string;
        // oxlint-disable-next-line typescript/no-explicit-any -- a template is any JSON
        readonly Properties: any;
        // oxlint-disable-next-line typescript/no-explicit-any -- a template is any JSON
        readonly Metadata?: any;
      }
    >
  >;
}

/** What a test changes in the assembly that the infra app has synthesized. */
export interface AssemblyChanges {
  /** Changes the template in place. */
  readonly template?: (template: SynthesizedTemplate) => void;
  /** The code of a function in place of its package's artefact, by package name. */
  readonly code?: Readonly<Record<string, string>>;
  /** A function's compiled options, by package name. */
  readonly config?: Readonly<Record<string, object>>;
}

/** Serves a changed copy of the synthesized assembly until the test is over. */
export async function serveChangedAssembly(
  changes: AssemblyChanges,
  options: Partial<LocalCloudFrontOptions> = {},
): Promise<LocalCloudFront> {
  const folder = mkdtempSync(join(tmpdir(), "changed-assembly-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const assembly = join(folder, "cdk.out");
  cpSync(cloudAssemblyPath, assembly, { recursive: true });
  const file = join(assembly, "notes.template.json");
  const template: SynthesizedTemplate = JSON.parse(readFileSync(file, "utf8"));
  for (const [packageName, code] of Object.entries(changes.code ?? {})) {
    writeFileSync(join(assembly, assetOf(template, packageName), "index.cjs"), code);
  }
  for (const [packageName, config] of Object.entries(changes.config ?? {})) {
    const asset = join(assembly, assetOf(template, packageName));
    writeFileSync(join(asset, "config.json"), JSON.stringify(config));
  }
  for (const { Metadata } of Object.values(template.Resources)) {
    const site = Metadata?.["cf-edge:site"];
    if (site !== undefined) site.path = resolve(cloudAssemblyPath, site.path);
  }
  changes.template?.(template);
  writeFileSync(file, JSON.stringify(template));
  const cloudfront = await LocalCloudFront.start({ assembly, port: 0, ...options });
  onTestFinished(() => cloudfront.close());
  return cloudfront;
}

function assetOf({ Resources }: SynthesizedTemplate, packageName: string): string {
  const found = Object.values(Resources).find(
    ({ Type, Properties }) =>
      Type === "AWS::Lambda::Function" && Properties.Description.startsWith(`${packageName} `),
  );
  return `asset.${found?.Properties.Code.S3Key.replace(/\.zip$/, "")}`;
}
