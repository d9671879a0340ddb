import { join } from "node:path";
import { CloudAssemblyError } from "../cloud-assembly-error.ts";
import { objectAt, type JsonObject } from "../value/json.ts";
import type { AssemblyStack, FileAsset } from "./cloud-assembly.ts";
import { parameterAssets, withAssetParameters } from "./parameter-assets.ts";
import { readAssetManifest } from "./read-asset-manifest.ts";
import { constructsOf, readConstructMetadata } from "./read-construct-metadata.ts";
import { expectObject, expectString, readJsonFile, synthesizeAgain } from "./read-file.ts";
import { readTemplate } from "./read-template.ts";

/**
 * The newest major version of the cloud assembly schema that is known here.
 *
 * @see https://www.npmjs.com/package/@aws-cdk/cloud-assembly-schema read 2026-11-23
 */
const knownSchemaMajor = 55;

/**
 * Reads the manifest of a cloud assembly, and those of the assemblies nested in it (stages).
 *
 * @param folder absolute path of the assembly.
 * @throws {CloudAssemblyError} when a file is missing, of the wrong shape or too new.
 */
export function readAssemblyManifest(folder: string): readonly AssemblyStack[] {
  const file = join(folder, "manifest.json");
  const manifest = readJsonFile(file);
  checkSchemaVersion(manifest["version"], file);
  const artifacts = readArtifacts(manifest, file);
  const ofType = (type: string): readonly Artifact[] =>
    artifacts.filter(({ body }) => body["type"] === type);
  const assets = ofType("cdk:asset-manifest").flatMap((artifact) =>
    readAssetManifest(join(folder, property(artifact, "file"))),
  );
  return [
    ...ofType("aws:cloudformation:stack").map((artifact) => readStack(artifact, folder, assets)),
    ...ofType("cdk:cloud-assembly").flatMap((artifact) =>
      readAssemblyManifest(join(folder, property(artifact, "directoryName"))),
    ),
  ];
}

interface Artifact {
  readonly id: string;
  readonly body: JsonObject;
  /** File and artifact, the head of an error's sentence. */
  readonly subject: string;
}

function checkSchemaVersion(version: unknown, file: string): void {
  const subject = `Property "version" of ${JSON.stringify(file)}`;
  const major = Number.parseInt(expectString(version, subject), 10);
  if (Number.isNaN(major)) {
    throw new CloudAssemblyError(
      `${subject} must be a version number: got ${JSON.stringify(version)}. ${synthesizeAgain}`,
    );
  }
  if (major > knownSchemaMajor) {
    throw new CloudAssemblyError(
      `${subject} is newer than this program knows: got ${JSON.stringify(version)}, known up to ${knownSchemaMajor}. Update the program, or synthesize with an older aws-cdk-lib.`,
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
    return { id, body: expectObject(value, subject), subject };
  });
}

function property({ body, subject }: Artifact, name: string): string {
  return expectString(objectAt(body, "properties")[name], `${subject}, property "${name}",`);
}

/** A stack without resources is one, too: a deployment skips it. */
function readStack(
  artifact: Artifact,
  folder: string,
  assets: readonly FileAsset[],
): AssemblyStack {
  const { id, body } = artifact;
  const templateFile = join(folder, property(artifact, "templateFile"));
  const { stackName } = objectAt(body, "properties");
  const { displayName, environment } = body;
  // `aws://123456789012/us-east-1`, where either part may be `unknown-account`, `unknown-region`.
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(String(environment)) ?? [];
  const metadata = readConstructMetadata(body, folder);
  const passed = parameterAssets(metadata, folder);
  const { template, ...read } = readTemplate(templateFile);
  return {
    id: templateFile,
    name: typeof stackName === "string" ? stackName : id,
    displayName: typeof displayName === "string" ? displayName : id,
    account: account === "unknown-account" ? undefined : account,
    region: region === "unknown-region" ? undefined : region,
    templateFile,
    folder,
    ...read,
    template: withAssetParameters(template, passed),
    source: "cdk",
    assets: [...assets, ...passed.map(({ asset }) => asset)],
    ...constructsOf(metadata),
  };
}
