import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EdgeFunctionManifest, EventType } from "cf-types";
import { InfraError } from "../infra-error.ts";
import { readFunctionPackage } from "./read-function-package.ts";

/** A package's artefact with its configuration: all that a Lambda function consists of. */
export interface EdgeFunctionAsset {
  /** Absolute: where the artefact lies, its source maps beside it. */
  readonly artefactFolder: string;
  /** As built; its event type is the one that the configuration chooses. */
  readonly manifest: EdgeFunctionManifest;
  /** What config.json holds. */
  readonly config: object;
  /** Content by file name, in the order of the names. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Hexadecimal, over names and contents: no time, no path, no file attribute. */
  readonly sha256: string;
}

/** Which artefact, and how it is configured. */
export interface EdgeFunctionAssetOptions {
  readonly packageName: string;
  /** Plain JSON. Its `eventType` chooses one of the event types at which the artefact can run. */
  readonly config: object;
  /** A file; the package is looked for as if that file imported it. */
  readonly resolveFrom: string;
}

/**
 * Returns a package's bundle, its manifest, and the configuration beside them as config.json.
 *
 * @throws {InfraError} `UNKNOWN_PACKAGE`, `NOT_AN_EDGE_FUNCTION`, `PACKAGE_NOT_BUILT`,
 *   `BUNDLE_MISMATCH`, or `INVALID_CONFIG` when the artefact does not run at the event type chosen.
 */
export function readEdgeFunctionAsset(options: EdgeFunctionAssetOptions): EdgeFunctionAsset {
  const { packageName, config, resolveFrom } = options;
  const { artefactFolder, manifest, manifestText, bundle } = readFunctionPackage(
    packageName,
    resolveFrom,
  );
  const files = new Map([
    ["config.json", encode(JSON.stringify(config))],
    [manifest.bundle.file, bundle],
    ["manifest.json", encode(manifestText)],
  ]);
  const eventType = eventTypeOf(manifest, config);
  return {
    artefactFolder,
    manifest: { ...manifest, eventType },
    config,
    files,
    sha256: sha256Of(files),
  };
}

function eventTypeOf(
  { packageName, eventType, otherEventTypes = [] }: EdgeFunctionManifest,
  config: { readonly eventType?: unknown },
): EventType {
  if (config.eventType === undefined) return eventType;
  const allowed = [eventType, ...otherEventTypes];
  const chosen = allowed.find((each) => each === config.eventType);
  if (chosen !== undefined) return chosen;
  throw new InfraError(
    "INVALID_CONFIG",
    `The options of ${JSON.stringify(packageName)} choose an event type at which it does not run: got ${JSON.stringify(config.eventType)}. Allowed: ${allowed.map((each) => JSON.stringify(each)).join(", ")}.`,
  );
}

/** Writes an asset's files into a folder, which is made where it is missing. */
export function writeEdgeFunctionAsset(asset: EdgeFunctionAsset, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of asset.files) writeFileSync(join(folder, name), content);
}

function sha256Of(files: ReadonlyMap<string, Uint8Array>): string {
  const hash = createHash("sha256");
  for (const [name, content] of files) {
    // The lengths keep one file's end and the next one's beginning apart.
    hash.update(`${name}\n${content.byteLength}\n`).update(content);
  }
  return hash.digest("hex");
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
