import { createHash } from "node:crypto";
import type { EdgeFunctionManifest, EventType } from "cf-types";
import { lambdaEdgeQuotas } from "cf-rules";
import { EdgeSiteError } from "../edge-site-error.ts";

/** A package's part of a Lambda function. */
export interface LambdaMember {
  readonly manifest: EdgeFunctionManifest;
  /** Content by file name, as a function of this package alone would have it. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** A Lambda function of several packages. */
export interface ComposedLambda {
  readonly manifest: EdgeFunctionManifest;
  /** Content by path, in the order of the paths. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Returns one Lambda function of the functions of several packages, in their order: each as it is in a folder of
 * its own, and a handler that asks one after the other. A request goes through each until one generates a response;
 * a response goes through all.
 *
 * @throws {EdgeSiteError} `INVALID_CONFIG` when two need the request's body: the second would see what the first one
 *   returned, which has another form (LE-B-21).
 */
export function composedLambda(
  members: readonly LambdaMember[],
  eventType: EventType,
): ComposedLambda {
  const manifests = members.map(({ manifest }) => manifest);
  refuseTwoBodies(manifests, eventType);
  const bundle = encode(runnerOf(manifests, eventType));
  const manifest = composedManifest(manifests, eventType, bundle);
  const files: [string, Uint8Array][] = [
    [manifest.bundle.file, bundle],
    ["manifest.json", encode(`${JSON.stringify(manifest, undefined, 2)}\n`)],
  ];
  for (const [index, member] of members.entries()) {
    for (const [name, content] of member.files)
      files.push([`${memberFolder(index)}/${name}`, content]);
  }
  return { manifest, files: new Map(files) };
}

/** The folder of the members' folders within the function's code. */
export const membersFolder = "members";

/** Returns the folder of a member within the function's code, by its place among them. */
export function memberFolder(index: number): string {
  return `${membersFolder}/${index}`;
}

function composedManifest(
  manifests: readonly EdgeFunctionManifest[],
  eventType: EventType,
  bundle: Uint8Array,
): EdgeFunctionManifest {
  const isViewer = eventType.startsWith("viewer-");
  const quota = isViewer ? lambdaEdgeQuotas.observedViewerFunction : lambdaEdgeQuotas.function;
  const sumOf = (numbers: readonly number[]): number =>
    numbers.reduce((sum, each) => sum + each, 0);
  const runtimes = manifests.map(({ runtime }) => runtime).sort();
  return {
    manifestVersion: 1,
    packageName: manifests.map(({ packageName }) => packageName).join(" + "),
    version: manifests.map(({ version }) => version).join(" + "),
    eventType,
    members: manifests.map(({ packageName, version }) => ({ packageName, version })),
    handler: "index.handler",
    // What was built for an older one runs on a newer one, and not the other way.
    runtime: runtimes.at(-1) ?? "nodejs22.x",
    memoryMb: Math.max(...manifests.map(({ memoryMb }) => memoryMb)),
    timeoutSeconds: Math.min(
      quota.timeoutSeconds,
      sumOf(manifests.map(({ timeoutSeconds }) => timeoutSeconds)),
    ),
    includeBody: manifests.some(({ includeBody }) => includeBody),
    bundle: {
      file: "index.cjs",
      bytes: bundle.byteLength,
      sha256: createHash("sha256").update(bundle).digest("hex"),
    },
  };
}

function refuseTwoBodies(manifests: readonly EdgeFunctionManifest[], eventType: EventType): void {
  const [first, second] = manifests.filter(({ includeBody }) => includeBody);
  if (first === undefined || second === undefined) return;
  throw new EdgeSiteError(
    "INVALID_CONFIG",
    `functions has two for ${eventType} that both need the request's body, and what one makes of it is no body for the other: got ${JSON.stringify([first.packageName, second.packageName])}. Give them different pathPatterns, or make one package of them.`,
  );
}

/** Each member is kept where a debugger finds its handler. */
function runnerOf(manifests: readonly EdgeFunctionManifest[], eventType: EventType): string {
  const list = manifests.map(({ packageName, version, bundle, handler }, index) => {
    const file = JSON.stringify(`./${memberFolder(index)}/${bundle.file}`);
    return `  { name: ${JSON.stringify(packageName)}, version: ${JSON.stringify(version)}, handler: require(${file}).${handler.replace(/^.*\./, "")} },`;
  });
  return `"use strict";
const members = [
${list.join("\n")}
];

async function run(member, event, context) {
  try {
    return await member.handler(event, context);
  } catch (error) {
    if (error instanceof Error) error.message = \`\${member.name} \${member.version}: \${error.message}\`;
    throw error;
  }
}

exports.members = members;
${eventType.endsWith("-request") ? requestHandler : responseHandler}`;
}

const requestHandler = `exports.handler = async (event, context) => {
  const { cf } = event.Records[0];
  for (const member of members) {
    const result = await run(member, event, context);
    if (!result || result.status !== undefined) return result;
    cf.request = result;
  }
  return cf.request;
};
`;

const responseHandler = `exports.handler = async (event, context) => {
  const { cf } = event.Records[0];
  for (const member of members) {
    cf.response = await run(member, event, context);
    if (!cf.response) return cf.response;
  }
  return cf.response;
};
`;

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
