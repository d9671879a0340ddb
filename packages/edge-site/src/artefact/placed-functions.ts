import type { EdgeEngine, EventType } from "cf-types";
import { EdgeSiteError } from "../edge-site-error.ts";
import type { CompiledFunctionConfig } from "../site/prepare-site.ts";
import { type ChosenEngine, chosenEngine } from "./chosen-engine.ts";
import { loadSynthExport } from "./load-package-export.ts";
import { type FunctionPackage, readFunctionPackage } from "./read-function-package.ts";

/** The path pattern of the default cache behavior. */
export const defaultPathPattern = "*";

/** A configured function: where it runs, and the cache behaviors that run it. */
export interface PlacedFunction {
  readonly packageName: string;
  /** The package's own. */
  readonly version: string;
  readonly engine: EdgeEngine;
  /** Why it runs on that engine. */
  readonly engineReason: string;
  readonly eventType: EventType;
  /** Compiled, as config.json holds it. */
  readonly config: object;
  readonly functionPackage: FunctionPackage;
  /** A file; the package is looked for as if that file imported it. */
  readonly resolveFrom: string;
  readonly pathPatterns: readonly string[];
  /** What its package's check at synth fails on. */
  readonly limits: Readonly<Record<string, unknown>> | undefined;
  /**
   * Returns the `ResponseHeadersPolicyConfig` of a name, for the responses that the function does not see;
   * undefined where its package offers none.
   */
  readonly responseHeadersPolicy: ((name: string) => object) | undefined;
  /** What in its options allows what its policy blocks, as `PolicyRemedies`; undefined where it sets none. */
  readonly policyRemedies?: Readonly<Record<string, string>> | undefined;
}

/** What `placedFunctions` places functions by. */
export interface PlacementOptions {
  /** Of the functions that name none; undefined where each is chosen. */
  readonly engine: EdgeEngine | undefined;
  /** The distribution's, the default one included. */
  readonly knownPathPatterns: readonly string[];
  /** A file; the packages are looked for as if that file imported them. */
  readonly resolveFrom: string;
  /**
   * What runs before the configured functions.
   * @default - nothing
   */
  readonly inFront?: readonly FunctionInFront[];
  /**
   * The indexes of functions that have no room as CloudFront Functions, and why. Those in front count as well.
   * @default - none
   */
  readonly tooLarge?: ReadonlyMap<number, string>;
}

/** A function that no one has listed: a setting of another name asks for it. */
export interface FunctionInFront extends CompiledFunctionConfig {
  /** That setting, as in `releases`. */
  readonly subject: string;
  /**
   * Why it runs on its engine.
   * @default - as `chosenEngine` says
   */
  readonly engineReason?: string;
  /**
   * A file; the package is looked for as if that file imported it.
   * @default - as those of the configuration
   */
  readonly resolveFrom?: string;
}

/**
 * Decides on which engine, at which event type and for which cache behaviors functions run.
 *
 * @returns Those in front first, then the configured ones.
 * @throws {EdgeSiteError} `INVALID_CONFIG` when a path pattern is unknown, or the engines of two functions cannot be
 *   combined; else as `readFunctionPackage` and `chosenEngine`.
 */
export function placedFunctions(
  functions: readonly CompiledFunctionConfig[],
  options: PlacementOptions,
): readonly PlacedFunction[] {
  const { inFront = [] } = options;
  const all: readonly FunctionInFront[] = [
    ...inFront,
    ...functions.map((each, index) => ({ ...each, subject: `functions[${index}]` })),
  ];
  const placed = all.map((each, index) => placedFunction(each, index, options));
  return combined(placed).map(({ chosen, ...own }) => ({
    ...own,
    engine: chosen.engine,
    engineReason: chosen.reason,
    eventType: chosen.eventType,
  }));
}

interface Placed extends Omit<PlacedFunction, "engine" | "engineReason" | "eventType"> {
  readonly chosen: ChosenEngine;
}

function placedFunction(
  {
    package: packageName,
    config,
    pathPatterns,
    limits,
    engine,
    eventType,
    ...own
  }: FunctionInFront,
  index: number,
  { engine: siteEngine, knownPathPatterns, tooLarge, ...options }: PlacementOptions,
): Placed {
  const { subject, resolveFrom = options.resolveFrom } = own;
  refuseUnknownPathPattern(`${subject}.pathPatterns`, pathPatterns, knownPathPatterns);
  const functionPackage = readFunctionPackage(packageName, resolveFrom);
  const { eventType: compiledFor } = config as { readonly eventType?: EventType };
  const wish = {
    subject,
    packageName,
    engine: engine ?? siteEngine,
    isForSite: engine === undefined,
    eventType: eventType ?? compiledFor,
    onlyLambdaEdge: loadSynthExport("onlyLambdaEdge", packageName, resolveFrom)?.(config),
  };
  const chosen = withReason(
    chosenEngine(wish, functionPackage),
    own.engineReason,
    tooLarge?.get(index),
  );
  const policyOf = loadSynthExport("responseHeadersPolicy", packageName, resolveFrom);
  const everywhere = chosen.eventType.endsWith("-response");
  const { lambdaEdge, cloudFrontFunction } = functionPackage;
  return {
    packageName,
    version: (lambdaEdge ?? cloudFrontFunction)?.manifest.version ?? "",
    config,
    functionPackage,
    resolveFrom,
    limits,
    chosen,
    pathPatterns: pathPatterns ?? (everywhere ? knownPathPatterns : [defaultPathPattern]),
    policyRemedies: loadSynthExport("policyRemedies", packageName, resolveFrom)?.(),
    responseHeadersPolicy: policyOf && ((name: string) => policyOf(config, { name })),
  };
}

/** What is too large for a CloudFront Function runs on Lambda@Edge, whatever else was chosen. */
function withReason(
  chosen: ChosenEngine,
  reason: string | undefined,
  tooLarge: string | undefined,
): ChosenEngine {
  if (tooLarge !== undefined) {
    return { ...chosen, engine: "lambda-edge", isFixed: true, reason: tooLarge };
  }
  return reason === undefined ? chosen : { ...chosen, reason };
}

/**
 * CloudFront takes one engine for the viewer events of a cache behavior (LE-A-30): who has to run on Lambda@Edge
 * takes those with it that need not.
 */
function combined(placed: readonly Placed[]): readonly Placed[] {
  const isViewer = ({ chosen }: Placed): boolean => chosen.eventType.startsWith("viewer-");
  const lambda = placed.filter((each) => isViewer(each) && each.chosen.engine === "lambda-edge");
  for (const each of placed.filter(isViewer)) {
    if (each.chosen.engine === "lambda-edge") continue;
    const other = lambda.find(({ pathPatterns }) =>
      pathPatterns.some((pattern) => each.pathPatterns.includes(pattern)),
    );
    if (other === undefined) continue;
    if (each.chosen.isFixed) throw cannotCombine(each, other);
    const chosen: ChosenEngine = {
      ...each.chosen,
      engine: "lambda-edge",
      isFixed: true,
      reason: `CloudFront combines no CloudFront Function with ${other.packageName} on Lambda@Edge at the viewer events of a cache behavior`,
    };
    return combined(placed.map((one) => (one === each ? { ...each, chosen } : one)));
  }
  return placed;
}

function cannotCombine(script: Placed, lambda: Placed): EdgeSiteError {
  return new EdgeSiteError(
    "INVALID_CONFIG",
    `functions has two engines at the viewer events of one cache behavior, which CloudFront refuses: got ${JSON.stringify(script.packageName)} as a CloudFront Function (${script.chosen.reason}) and ${JSON.stringify(lambda.packageName)} on Lambda@Edge (${lambda.chosen.reason}). Give both the same engine, or different pathPatterns.`,
  );
}

function refuseUnknownPathPattern(
  subject: string,
  pathPatterns: readonly string[] = [],
  known: readonly string[],
): void {
  const index = pathPatterns.findIndex((pattern) => !known.includes(pattern));
  if (index === -1) return;
  throw new EdgeSiteError(
    "INVALID_CONFIG",
    `${subject}[${index}] is no cache behavior of this distribution: got ${JSON.stringify(pathPatterns[index])}. Allowed: ${known.map((pattern) => JSON.stringify(pattern)).join(", ")}.`,
  );
}
