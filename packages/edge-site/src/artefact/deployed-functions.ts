import { cloudFrontFunctionQuotas } from "cf-rules";
import type {
  CloudFrontFunctionManifest,
  EdgeEngine,
  EventType,
  FunctionPermission,
  ViewerEventType,
} from "cf-types";
import { EdgeSiteError } from "../edge-site-error.ts";
import type { CompiledFunctionConfig } from "../site/prepare-site.ts";
import { cloudFrontFunctionAsset } from "./cloudfront-function-asset.ts";
import { type EdgeFunctionAsset, lambdaEdgeAsset } from "./edge-function-asset.ts";
import { loadSynthExport } from "./load-package-export.ts";
import type { BuiltArtefact } from "./read-function-package.ts";
import { placedFunctions, type PlacedFunction, type PlacementOptions } from "./placed-functions.ts";

/** One function as it is deployed: what runs at an event type of some cache behaviors. */
export interface DeployedFunction {
  readonly engine: EdgeEngine;
  readonly eventType: EventType;
  /** The configured functions that it is composed of, in their order. */
  readonly members: readonly PlacedFunction[];
  readonly pathPatterns: readonly string[];
  readonly asset: EdgeFunctionAsset;
}

/** The configured functions, and what is deployed for them and those in front of them. */
export interface SiteFunctions {
  /** In the order of the configuration. */
  readonly placed: readonly PlacedFunction[];
  readonly deployed: readonly DeployedFunction[];
}

const { maxCodeBytes, keyValueStore } = cloudFrontFunctionQuotas;

/**
 * Places the configured functions and composes those that meet: CloudFront runs one function at an event type of a
 * cache behavior (LE-A-29). Where several meet, the function consists of them in the order of the configuration.
 *
 * @throws {EdgeSiteError} `INVALID_CONFIG` when a CloudFront Function that the configuration asks for is too large; else
 *   as `placedFunctions`, `lambdaEdgeAsset` and `cloudFrontFunctionAsset`.
 */
export function siteFunctions(
  functions: readonly CompiledFunctionConfig[],
  options: PlacementOptions,
): SiteFunctions {
  const { inFront = [] } = options;
  const all = placedFunctions(functions, options);
  const placed = all.slice(inFront.length);
  const deployed = spotsOf(all, options.knownPathPatterns).map((spot) => ({
    ...spot,
    asset: assetOf(spot),
  }));
  const large = deployed.find((each) => excessOf(each) !== undefined);
  const excess = large && excessOf(large);
  if (large === undefined || excess === undefined) return { placed, deployed };
  const asked = [...inFront, ...functions].map((each) => each.engine ?? options.engine);
  const isAsked = (member: PlacedFunction): boolean =>
    asked[all.indexOf(member)] === "cloudfront-function";
  if (large.members.some(isAsked)) throw tooLarge(large, excess);
  const { subject, bytes, maxBytes } = excess;
  const reason = `its ${subject} has ${bytes - maxBytes} bytes more than the ${maxBytes} that there may be`;
  return siteFunctions(functions, {
    ...options,
    tooLarge: new Map([
      ...(options.tooLarge ?? []),
      ...large.members.map((member) => [all.indexOf(member), reason] as const),
    ]),
  });
}

type Spot = Omit<DeployedFunction, "asset">;

/** Cache behaviors that run the same functions share what is deployed for them. */
function spotsOf(
  placed: readonly PlacedFunction[],
  knownPathPatterns: readonly string[],
): readonly Spot[] {
  const spots = new Map<string, Spot>();
  for (const first of placed) {
    for (const pattern of knownPathPatterns.filter((each) => first.pathPatterns.includes(each))) {
      const members = placed.filter(
        ({ eventType, pathPatterns }) =>
          eventType === first.eventType && pathPatterns.includes(pattern),
      );
      if (members[0] !== first) continue;
      const key = members.map((member) => placed.indexOf(member)).join();
      const { engine, eventType } = first;
      const pathPatterns = [...(spots.get(key)?.pathPatterns ?? []), pattern];
      spots.set(key, { engine, eventType, members, pathPatterns });
    }
  }
  return [...spots.values()];
}

function assetOf({ engine, eventType, members }: Spot): EdgeFunctionAsset {
  if (engine === "lambda-edge") {
    const built = members.flatMap(({ functionPackage: { lambdaEdge }, config }) =>
      lambdaEdge === undefined ? [] : { built: lambdaEdge, config },
    );
    const permissions = members.flatMap(permissionsOf);
    return lambdaEdgeAsset(built, eventType, permissions);
  }
  const built = members.flatMap(({ functionPackage, config, resolveFrom }) => {
    const { cloudFrontFunction } = functionPackage;
    return cloudFrontFunction === undefined
      ? []
      : { built: variantFor(config, cloudFrontFunction), config, resolveFrom };
  });
  return cloudFrontFunctionAsset(built, eventType as ViewerEventType);
}

/** Compiled options may name a variant of their function that has less code. */
function variantFor(
  { variant = "" }: { readonly variant?: string },
  built: BuiltArtefact<CloudFrontFunctionManifest>,
): typeof built {
  return { ...built, bundle: built.variants.get(variant) ?? built.bundle };
}

function permissionsOf({
  packageName,
  config,
  resolveFrom,
}: PlacedFunction): readonly FunctionPermission[] {
  return loadSynthExport("permissionsOf", packageName, resolveFrom)?.(config) ?? [];
}

/** What is larger than it may be. */
interface Excess {
  readonly factId: string;
  readonly subject: string;
  readonly bytes: number;
  readonly maxBytes: number;
}

function excessOf({ asset }: DeployedFunction): Excess | undefined {
  if (asset.engine === "lambda-edge") return undefined;
  const { code, keyValues = [] } = asset;
  const storeBytes = keyValues.flatMap(({ key, value }) => [key, value]).reduce(addBytes, 0);
  return [
    {
      factId: "FN-I-15",
      subject: "code as a CloudFront Function",
      bytes: Buffer.byteLength(code),
      maxBytes: maxCodeBytes,
    },
    {
      factId: "FN-I-31",
      subject: "key value store",
      bytes: storeBytes,
      maxBytes: keyValueStore.storeBytes,
    },
  ].find(({ bytes, maxBytes }) => bytes > maxBytes);
}

function addBytes(sum: number, text: string): number {
  return sum + Buffer.byteLength(text);
}

function tooLarge({ eventType, asset }: DeployedFunction, excess: Excess): EdgeSiteError {
  const { factId, bytes, maxBytes } = excess;
  const { parts, keyValues } =
    asset.engine === "lambda-edge" ? { parts: [], keyValues: undefined } : asset;
  const shares = [
    ...parts.map(
      ({ packageName, scriptBytes, optionBytes }) =>
        `${packageName}: ${scriptBytes} bytes of code, ${optionBytes} of options`,
    ),
    ...(keyValues ? [`beside them ${keyValues.length} keys in its key value store`] : []),
  ];
  const subject = factId === "FN-I-15" ? "" : `'s ${excess.subject}`;
  return new EdgeSiteError(
    "INVALID_CONFIG",
    `The CloudFront Function at ${eventType}${subject} is too large: got ${bytes} bytes, ${bytes - maxBytes} more than there may be (${factId}; ${shares.join("; ")}). Shorten the options, or set engine to "lambda-edge".`,
  );
}
