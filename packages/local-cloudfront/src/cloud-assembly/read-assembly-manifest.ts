import { join } from "node:path";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import type { AssemblyStack, FileAsset } from "./cloud-assembly.ts";
import { expectObject, expectString, isJsonObject, type JsonObject } from "./json-shape.ts";
import { readAssetManifest } from "./read-asset-manifest.ts";
import { readTemplateFile } from "./read-template-file.ts";
import { readJsonObjectFile } from "./read-text-file.ts";
import { synthesizeAgain } from "./synthesize-again.ts";

/**
 * The newest major version of the cloud assembly schema that is known here.
 *
 * @see https://www.npmjs.com/package/@aws-cdk/cloud-assembly-schema read 2026-11-23
 */
const knownSchemaMajor = 55;

interface Artifact {
  readonly id: string;
  readonly type: unknown;
  readonly properties: JsonObject;
  readonly environment: unknown;
  readonly displayName: unknown;
  /** File and artifact, the head of an error's sentence. */
  readonly subject: string;
}

/**
 * Reads the manifest of a cloud assembly, and those of the assemblies nested in it (stages).
 *
 * @param folder absolute path of the assembly.
 * @throws {LocalCloudFrontError} when a file is missing, of the wrong shape or too new.
 */
export function readAssemblyManifest(folder: string): readonly AssemblyStack[] {
  const file = join(folder, "manifest.json");
  const manifest = readJsonObjectFile(file, synthesizeAgain);
  checkSchemaVersion(manifest["version"], file);
  const artifacts = readArtifacts(manifest, file);
  const assets = ofType(artifacts, "cdk:asset-manifest").flatMap((artifact) =>
    readAssetManifest(join(folder, property(artifact, "file"))),
  );
  const stacks = ofType(artifacts, "aws:cloudformation:stack").map((artifact) =>
    readStack(artifact, folder, assets),
  );
  const nested = ofType(artifacts, "cdk:cloud-assembly").flatMap((artifact) =>
    readAssemblyManifest(join(folder, property(artifact, "directoryName"))),
  );
  return [...stacks, ...nested];
}

function checkSchemaVersion(version: unknown, file: string): void {
  const subject = `Property "version" of ${JSON.stringify(file)}`;
  const major = Number.parseInt(expectString(version, subject), 10);
  if (Number.isNaN(major)) {
    throw new LocalCloudFrontError(
      `${subject} must be a version number: got ${JSON.stringify(version)}. ${synthesizeAgain}`,
    );
  }
  if (major > knownSchemaMajor) {
    throw new LocalCloudFrontError(
      `${subject} is newer than this version of local-cloudfront knows: got ${JSON.stringify(version)}, known up to ${knownSchemaMajor}. Update local-cloudfront, or synthesize with an older aws-cdk-lib.`,
    );
  }
}

function readArtifacts(manifest: JsonObject, file: string): readonly Artifact[] {
  const artifacts = expectObject(
    manifest["artifacts"] ?? {},
    `Property "artifacts" of ${JSON.stringify(file)}`,
  );
  return Object.entries(artifacts).map(([id, value]) => {
    const subject = `Artifact ${JSON.stringify(id)} of ${JSON.stringify(file)}`;
    const artifact = expectObject(value, subject);
    return {
      id,
      type: artifact["type"],
      properties: isJsonObject(artifact["properties"]) ? artifact["properties"] : {},
      environment: artifact["environment"],
      displayName: artifact["displayName"],
      subject,
    };
  });
}

function ofType(artifacts: readonly Artifact[], type: string): readonly Artifact[] {
  return artifacts.filter((artifact) => artifact.type === type);
}

function property(artifact: Artifact, name: string): string {
  return expectString(artifact.properties[name], `${artifact.subject}, property "${name}",`);
}

function readStack(
  artifact: Artifact,
  folder: string,
  assets: readonly FileAsset[],
): AssemblyStack {
  const templateFile = join(folder, property(artifact, "templateFile"));
  const name = artifact.properties["stackName"];
  return {
    name: typeof name === "string" ? name : artifact.id,
    displayName: typeof artifact.displayName === "string" ? artifact.displayName : artifact.id,
    ...readEnvironment(artifact.environment),
    templateFile,
    folder,
    template: readTemplateFile(templateFile),
    assets,
  };
}

/** `aws://123456789012/us-east-1`, where either part may be `unknown-account`, `unknown-region`. */
function readEnvironment(environment: unknown): Pick<AssemblyStack, "account" | "region"> {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(String(environment)) ?? [];
  return {
    account: account === "unknown-account" ? undefined : account,
    region: region === "unknown-region" ? undefined : region,
  };
}
