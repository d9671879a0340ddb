import { sep } from "node:path";
import { cloudFrontQuotas, type CloudFrontQuotas } from "cf-rules";
import {
  type AssemblyStack,
  type CloudAssembly,
  CloudAssemblyError,
  type EvaluatedStack,
  samTransform,
} from "cloud-assembly";
import { AssemblyResources, type DeploymentValues } from "./assembly-resources.ts";
import {
  type AnyEdgeFunction,
  associationsOf,
  cloudFrontFunctionsOf,
  type KeyValueStoreResource,
} from "../distribution/cloudfront-functions.ts";
import type { Distribution, TemplateWarning } from "../distribution/distribution.ts";
import type { OriginFunction } from "../distribution/edge-functions.ts";
import { originFunctionsOf } from "../distribution/lambda-endpoints.ts";
import type { OriginContent } from "../distribution/origins.ts";
import type { Resolution } from "./resolution.ts";
import { resolveDistribution } from "./resolve-distribution.ts";
import { type DistributionChoice, selectDistribution } from "./select-distribution.ts";

/** What a person may choose about the distribution that is run. */
export interface LoadDistributionOptions extends DistributionChoice, DeploymentValues {
  /** Content by origin id, by a bucket's logical id or by host name; it wins over what the template says. */
  readonly originOverrides?: ReadonlyMap<string, OriginContent>;
  /** Absolute paths of folders and zip files with the code of functions, by ARN, export or logical id. */
  readonly functionCodes?: ReadonlyMap<string, string>;
  /** Absolute paths of JSON files by the name, the logical id or the id of a key value store; they win likewise. */
  readonly keyValueFiles?: ReadonlyMap<string, string>;
  /**
   * The account's quotas where they differ from AWS's defaults.
   * @default cloudFrontQuotas
   */
  readonly quotas?: Partial<CloudFrontQuotas>;
  /**
   * Returns the version of the machine's Python, as in `3.13`.
   * @default - there is none
   */
  readonly python?: () => string | undefined;
  /**
   * The day, as in `2026-11-23`: runtimes age.
   * @default - the day on which the quotas were read
   */
  readonly today?: string;
}

/** A distribution that is ready to run. */
export interface LoadedDistribution {
  readonly distribution: Distribution;
  /** What the local CloudFront does not do, each once, in the template's order. */
  readonly warnings: readonly TemplateWarning[];
  /** The name of the stack that holds the distribution. */
  readonly stackName: string;
  /** Absolute path of the folder that the assembly or the template lies in. */
  readonly assemblyFolder: string;
  readonly watchedPaths: WatchedPaths;
}

/** Absolute paths of what a distribution is made of. */
export interface WatchedPaths {
  /** What was read at start: the assembly, nested templates, and the code of functions where it lies elsewhere. */
  readonly assembly: readonly string[];
  /** The folders of origins, which are read for each request: only cached objects get old. */
  readonly origins: readonly string[];
}

/**
 * Resolves the distribution of a cloud assembly that is to be run.
 *
 * @throws {CloudAssemblyError} when there is no such distribution, when CloudFront would refuse
 *   it, or when it cannot run here.
 */
export function loadDistribution(
  assembly: CloudAssembly,
  options: LoadDistributionOptions = {},
): LoadedDistribution {
  const resources = new AssemblyResources(assembly.stacks, options);
  const resource = selectDistribution(assembly, resources, options);
  const { stack } = resource;
  const template = resources.stackOf(stack);
  checkParameters(stack, resources, Object.keys(options.parameters ?? {}));
  const warnings: TemplateWarning[] = [];
  const warn = (subject: string, message: string): void => {
    const isKnown = warnings.some(
      (known) => known.subject === subject && known.message === message,
    );
    if (!isKnown) warnings.push({ subject, message });
  };
  for (const message of stack.synthWarnings ?? []) {
    warn("Synth", message.replaceAll(/\s*\n\s*/g, " "));
  }
  warnOfTemplates(resources, template, warn);
  const originOverrides = options.originOverrides ?? new Map<string, OriginContent>();
  const functionCodes = options.functionCodes ?? new Map<string, string>();
  const keyValueFiles = options.keyValueFiles ?? new Map<string, string>();
  const keyValueStores = new Map<string, KeyValueStoreResource>();
  const originNames = new Set<string>();
  const resolved = resolveDistribution(resource, {
    stack,
    distributionArn: resources.distributionArn(resource),
    resources,
    originOverrides,
    originNames,
    functionCodes,
    keyValueFiles,
    edgeFunctions: new Map(),
    originFunctions: new Map(),
    cloudFrontFunctions: new Map(),
    keyValueStores,
    functionConfigurations: new Map(),
    python: options.python ?? (() => undefined),
    quotas: { ...cloudFrontQuotas, ...options.quotas },
    today: options.today ?? cloudFrontQuotas.asOf,
    warn,
  });
  const distribution = withContentByHost(resolved, originOverrides, originNames);
  checkFunctionCodes(functionCodes, distribution);
  for (const option of resources.unusedOptions()) {
    warn(option, "Nothing that is read of the templates refers to it.");
  }
  checkKeyValueFiles(keyValueFiles, [...keyValueStores.values()]);
  return {
    distribution,
    warnings,
    stackName: stack.name,
    assemblyFolder: assembly.folder,
    watchedPaths: watchedPaths(assembly, resources, distribution),
  };
}

/** Warns of what is not taken as it is written, or not read. */
function warnOfTemplates(
  resources: AssemblyResources,
  template: EvaluatedStack,
  warn: Resolution["warn"],
): void {
  for (const { source } of resources.stacks) {
    for (const { subject, message } of source.warnings) warn(subject, message);
  }
  for (const { logicalId } of resources.unreadNestedStacks()) {
    warn(
      `Resources.${logicalId}`,
      "The template of this nested stack is not on disk: it is not read. Name a local file in its TemplateURL (SAM: Location), as before `aws cloudformation package` or `sam package`.",
    );
  }
  for (const transform of template.transforms) {
    if (localTransforms.includes(transform)) continue;
    warn("Transform", `Macro ${transform} is not run: the template is taken as it is written.`);
  }
  for (const block of template.unexpandedBlocks) {
    warn(
      `Resources.${block}`,
      "It is not expanded: the resources that it would make do not exist.",
    );
  }
}

/** What they do is done here: functions such as Fn::Length, and the resources of SAM. */
const localTransforms = ["AWS::LanguageExtensions", samTransform];

/** Checks the parameters of a stack and of those that it is nested in, as a deployment does. */
function checkParameters(
  stack: AssemblyStack,
  resources: AssemblyResources,
  passed: readonly string[],
): void {
  const stacks = [stack];
  for (let parent = resources.parentOf(stack); parent; parent = resources.parentOf(parent.stack)) {
    stacks.push(parent.stack);
  }
  const templates = stacks.map((each) => resources.stackOf(each));
  const declared = [...new Set(templates.flatMap(({ parameterNames }) => parameterNames))];
  const unknown = passed.find((name) => !declared.includes(name));
  if (unknown !== undefined) {
    throw new CloudAssemblyError(
      `Parameter is not in the template: got ${JSON.stringify(unknown)}. ${known(declared)}`,
    );
  }
  const missing = [...new Set(templates.flatMap((template) => template.missingParameters()))];
  const [first, ...others] = missing;
  if (first === undefined) return;
  const options = missing.map((name) => `--parameter ${name}=VALUE`).join(" ");
  throw new CloudAssemblyError(
    others.length === 0
      ? `Parameters.${first} must have a value: got nothing. Give the parameter a "Default", or pass ${options}.`
      : `Parameters ${missing.join(", ")} must have values: got nothing. Give each a "Default", or pass ${options}.`,
  );
}

/** What is no id of an origin or a bucket is a host name: functions may choose it. */
function withContentByHost(
  distribution: Distribution,
  overrides: ReadonlyMap<string, OriginContent>,
  names: ReadonlySet<string>,
): Distribution {
  const others = [...overrides].filter(([name]) => !names.has(name));
  const unknown = others.find(([id]) => !hostName.test(id))?.[0];
  if (unknown !== undefined) {
    throw new CloudAssemblyError(
      `Origin is not in the distribution: got ${JSON.stringify(unknown)}. ${known([...names])}`,
    );
  }
  if (others.length === 0) return distribution;
  const contentByHost = new Map(others.map(([host, content]) => [host.toLowerCase(), content]));
  return { ...distribution, contentByHost };
}

const hostName = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

function checkFunctionCodes(codes: ReadonlyMap<string, string>, distribution: Distribution): void {
  const functions = functionsOf(distribution);
  const used = functions.map(codeFileOf);
  const unused = [...codes].find(([, path]) => !used.includes(path))?.[0];
  if (unused === undefined) return;
  throw new CloudAssemblyError(
    `Function is not in the distribution: got ${JSON.stringify(unused)}. ${known([...new Set(functions.map(({ logicalId }) => logicalId))])}`,
  );
}

function functionsOf(distribution: Distribution): readonly (AnyEdgeFunction | OriginFunction)[] {
  return [
    ...distribution.cacheBehaviors.flatMap(associationsOf).map(({ edgeFunction }) => edgeFunction),
    ...originFunctionsOf(distribution),
  ];
}

/** Returns undefined for code that is in the template. */
function codeFileOf(one: AnyEdgeFunction | OriginFunction): string | undefined {
  if ("codeFile" in one) return one.codeFile;
  return one.code.kind === "inline" ? undefined : one.code.path;
}

function checkKeyValueFiles(
  files: ReadonlyMap<string, string>,
  stores: readonly KeyValueStoreResource[],
): void {
  const imported = new Set(stores.map(({ importFile }) => importFile));
  const unknown = [...files].find(([, file]) => !imported.has(file));
  if (unknown === undefined) return;
  throw new CloudAssemblyError(
    `Key value store is associated with no function of the distribution: got ${JSON.stringify(unknown[0])}. ${known(stores.map(({ name }) => name))}`,
  );
}

function known(names: readonly string[]): string {
  if (names.length === 0) return "There are none.";
  return `There are ${names.map((name) => JSON.stringify(name)).join(", ")}.`;
}

function watchedPaths(
  assembly: CloudAssembly,
  resources: AssemblyResources,
  distribution: Distribution,
): WatchedPaths {
  const contents = [
    ...[...distribution.origins.values()].map(({ content }) => content),
    ...(distribution.contentByHost?.values() ?? []),
  ];
  const origins = contents.flatMap((content) => {
    if (content.kind === "deployed") return content.folders.map(({ path }) => path);
    return content.kind === "folder" ? [content.path] : [];
  });
  // Those of nested stacks may lie elsewhere.
  const templates = resources.stacks.map(({ source }) => source.templateFile);
  const codes = functionsOf(distribution).flatMap((one) => codeFileOf(one) ?? []);
  const keyValues = cloudFrontFunctionsOf(distribution)
    .flatMap(({ keyValueStores }) => keyValueStores)
    .flatMap(({ importFile }) => importFile ?? []);
  return {
    assembly: outermost([assembly.path, ...templates, ...codes, ...keyValues]),
    origins: outermost(origins),
  };
}

/** A folder is watched with all that it holds. */
function outermost(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)].filter(
    (path) => !paths.some((other) => path.startsWith(`${other}${sep}`)),
  );
}
