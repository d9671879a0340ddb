import { join } from "node:path";
import { Stage } from "aws-cdk-lib";
import type { BehaviorOptions, EdgeLambda, FunctionAssociation } from "aws-cdk-lib/aws-cloudfront";
import { Construct } from "constructs";
import type { EdgeEngine, EventType } from "cf-types";
import { addEdgeChecks } from "edge-check/cdk";
import { siteFunctions } from "../artefact/deployed-functions.ts";
import { defaultPathPattern } from "../artefact/placed-functions.ts";
import type { EdgeFunctionConfig } from "../config/edge-config.ts";
import type { StageConfig } from "../config/stage-config.ts";
import { CloudFrontFunction } from "../constructs/cloudfront-function.ts";
import { LambdaEdgeFunction } from "../constructs/lambda-edge-function.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { compilePlainOptions } from "../site/function-options.ts";
import { prepareSite } from "../site/prepare-site.ts";

/** A function package and its options. */
export interface EdgeFunctionProps extends Pick<StageConfig, "runtime" | "permissionsBoundary"> {
  /** The npm name of the package, as in `security-headers`. */
  readonly package: string;
  /** The package's options, or what its compile function made of them. */
  readonly options: EdgeFunctionConfig["config"];
  /**
   * On which engine it runs.
   * @default - a CloudFront Function where the package can be one
   */
  readonly engine?: EdgeEngine;
  /**
   * At which event it runs, one of those that its package is built for.
   * @default - what its options choose, else the first that the package names for the engine
   */
  readonly eventType?: EventType;
  /**
   * The built site that the distribution serves: the package completes the options by its files. Deploy
   * `EdgeFunction.siteFolder` then, in which the package may have changed them.
   * @default - the options are taken as they are
   */
  readonly siteFolder?: string;
  /**
   * A file from which `siteFolder` and the package are found, as in `import.meta.filename`.
   * @default - package.json in the working directory
   */
  readonly from?: string;
}

/**
 * A function package as a function of a distribution of one's own. On Lambda@Edge the stack has to be in us-east-1
 * (LE-E-11).
 *
 * ```ts
 * const options = { preset: "spa" };
 * const headers = new EdgeFunction(this, "Headers", { package: "security-headers", options });
 * const defaultBehavior = { origin, ...EdgeFunction.associations(headers) };
 * ```
 */
export class EdgeFunction extends Construct {
  readonly engine: EdgeEngine;
  readonly eventType: EventType;
  /** Absolute path of the site that the options are compiled for; undefined where none was named. */
  readonly siteFolder: string | undefined;
  readonly #association: EdgeLambda | FunctionAssociation;

  /**
   * @throws {EdgeSiteError} `INVALID_CONFIG`, `UNKNOWN_PACKAGE`, `SITE_NOT_BUILT` and others, naming the remedy.
   */
  constructor(scope: Construct, id: string, props: EdgeFunctionProps) {
    super(scope, id);
    const { from = join(process.cwd(), "package.json"), runtime, permissionsBoundary } = props;
    const outdir = Stage.of(this)?.outdir ?? "cdk.out";
    const { config, siteFolder } = compiledFor(this, props, outdir, from);
    const { package: packageName, engine, eventType } = props;
    const [deployed] = siteFunctions(
      [
        {
          package: packageName,
          config,
          ...(engine !== undefined && { engine }),
          ...(eventType !== undefined && { eventType }),
        },
      ],
      { engine: undefined, knownPathPatterns: [defaultPathPattern], resolveFrom: from },
    ).deployed;
    if (deployed === undefined) throw new Error("A function that is not deployed.");
    const { asset } = deployed;
    this.engine = deployed.engine;
    this.eventType = deployed.eventType;
    this.siteFolder = siteFolder;
    const lambdaProps = { assemblyFolder: outdir, runtime, permissionsBoundary };
    this.#association =
      asset.engine === "cloudfront-function"
        ? new CloudFrontFunction(this, "Function", { asset }).association
        : new LambdaEdgeFunction(this, "Function", { ...lambdaProps, asset }).association;
    addEdgeChecks(this);
  }

  /**
   * Returns functions as a cache behavior takes them.
   *
   * @throws {EdgeSiteError} `INVALID_CONFIG` for two at one event type, and for two engines at viewer events, which
   *   CloudFront refuses (LE-A-29, LE-A-30).
   */
  static associations(
    ...functions: readonly EdgeFunction[]
  ): Pick<BehaviorOptions, "edgeLambdas" | "functionAssociations"> {
    for (const [index, each] of functions.entries())
      refuseConflict(each, functions.slice(0, index));
    const of = (engine: EdgeEngine): unknown[] =>
      functions.filter((each) => each.engine === engine).map((each) => each.#association);
    return {
      edgeLambdas: of("lambda-edge") as EdgeLambda[],
      functionAssociations: of("cloudfront-function") as FunctionAssociation[],
    };
  }
}

function refuseConflict(own: EdgeFunction, others: readonly EdgeFunction[]): void {
  const same = others.find(({ eventType }) => eventType === own.eventType);
  if (same !== undefined) {
    throw new EdgeSiteError(
      "INVALID_CONFIG",
      `CloudFront runs one function at an event type of a cache behavior: got ${same.node.path} and ${own.node.path} at ${own.eventType}. Use EdgeSite, which composes them, or another eventType.`,
    );
  }
  const isViewer = ({ eventType }: EdgeFunction): boolean => eventType.startsWith("viewer-");
  const other = others.find((each) => isViewer(each) && each.engine !== own.engine);
  if (other === undefined || !isViewer(own)) return;
  throw new EdgeSiteError(
    "INVALID_CONFIG",
    `CloudFront runs the viewer events of a cache behavior on one engine: got ${other.node.path} on ${other.engine} and ${own.node.path} on ${own.engine}. Give both the same engine.`,
  );
}

/** The options as they are deployed, and the site that they are compiled for. */
function compiledFor(
  { node }: EdgeFunction,
  { package: packageName, options, siteFolder }: EdgeFunctionProps,
  outdir: string,
  from: string,
): { readonly config: object; readonly siteFolder: string | undefined } {
  if (siteFolder !== undefined) {
    const copyFolder = join(outdir, `site.${node.addr}`);
    const { folder, functions } = prepareSite(
      {
        siteFolder,
        siteFiles: {},
        contentTypes: {},
        behaviors: [],
        errorPages: [],
        notFoundPage: false,
        functions: [{ package: packageName, config: options }],
      },
      { configFile: from, source: node.path, copyFolder, finalCopyFolder: copyFolder },
    );
    return { config: functions[0]?.config ?? {}, siteFolder: folder };
  }
  const subject = `${node.path}: options`;
  const config =
    typeof options === "function"
      ? options
      : compilePlainOptions({ subject, packageName, config: options }, from, false);
  if (typeof config === "object") return { config, siteFolder: undefined };
  throw new EdgeSiteError(
    "INVALID_CONFIG",
    `${subject} are compiled for a site, and there is none: got no siteFolder. Name the folder of the built site.`,
  );
}
