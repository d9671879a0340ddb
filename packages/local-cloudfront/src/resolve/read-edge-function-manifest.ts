import { eventTypes } from "cf-rules";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { EdgeFunctionManifest } from "cf-types";
import { CloudAssemblyError, readJsonFile, valueAt } from "cloud-assembly";

/** What is wrong with a member of a manifest: its name, and what it must be. */
type Check = readonly [path: string, isRight: (value: unknown) => boolean, expected: string];

const runtimes = ["nodejs24.x", "nodejs22.x"];

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) > 0;

function oneOf(values: readonly string[]): readonly [(value: unknown) => boolean, string] {
  return [
    (value) => typeof value === "string" && values.includes(value),
    `one of ${values.map((value) => JSON.stringify(value)).join(", ")}`,
  ];
}

const checks: readonly Check[] = [
  ["packageName", isText, "a string"],
  ["version", isText, "a string"],
  ["eventType", ...oneOf(eventTypes)],
  ["handler", isText, "a string"],
  ["runtime", ...oneOf(runtimes)],
  ["memoryMb", isCount, "a whole number of megabytes"],
  ["timeoutSeconds", isCount, "a whole number of seconds"],
  ["includeBody", (value) => typeof value === "boolean", "true or false"],
  ["bundle.file", isText, "a string"],
  ["bundle.bytes", isCount, "a whole number of bytes"],
  [
    "bundle.sha256",
    (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value),
    "64 hexadecimal digits",
  ],
];

/**
 * Reads `manifest.json` beside the artefact of an edge function package; undefined where the
 * folder has none, or one that is not of that kind (web app manifests have the same name).
 *
 * @throws {CloudAssemblyError} when it calls itself an edge function manifest and is not of its shape.
 */
export function readEdgeFunctionManifest(folder: string): EdgeFunctionManifest | undefined {
  const file = join(folder, "manifest.json");
  if (!existsSync(file)) return undefined;
  const manifest = readJsonFile(file, "Build the function again.");
  const version = manifest["manifestVersion"];
  if (version === undefined) return undefined;
  if (version !== 1) {
    throw new CloudAssemblyError(
      `Property "manifestVersion" of ${JSON.stringify(file)} must be 1: got ${JSON.stringify(version)}. Update local-cloudfront, or build the function again.`,
    );
  }
  for (const [path, isRight, expected] of checks) {
    const value = valueAt(manifest, ...path.split("."));
    if (isRight(value)) continue;
    throw new CloudAssemblyError(
      `Property "${path}" of ${JSON.stringify(file)} must be ${expected}: got ${JSON.stringify(value) ?? "nothing"}. Build the function again.`,
    );
  }
  // Every member was checked above; the compiler cannot follow a table.
  return manifest as unknown as EdgeFunctionManifest;
}
