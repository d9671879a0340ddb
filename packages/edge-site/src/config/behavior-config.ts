import { isObject, shown } from "option-checks";
import {
  checkEach,
  invalid,
  refuseMismatch,
  refuseNoCount,
  refuseOthers,
  fieldsOf,
  type Shape,
} from "./setting-checks.ts";

/** Managed cache policies, as AWS names them. */
export const cachePolicyNames = [
  "CachingDisabled",
  "CachingOptimized",
  "CachingOptimizedForUncompressedObjects",
  "UseOriginCacheControlHeaders",
  "UseOriginCacheControlHeaders-QueryStrings",
] as const;

/** Managed origin request policies, as AWS names them. */
export const originRequestPolicyNames = [
  "AllViewer",
  "AllViewerExceptHostHeader",
  "CORS-CustomOrigin",
  "CORS-S3Origin",
  "UserAgentRefererHeaders",
] as const;

/**
 * A Lambda function of yours behind the distribution, which the stack deploys with a function URL that nobody but
 * the distribution may call.
 */
export interface FunctionOriginConfig {
  /** The folder of its built code, relative to edge.config.ts. */
  readonly functionFolder: string;
  /** @default "index.handler" */
  readonly handler?: string;
  /** @default 256 */
  readonly memoryMb?: number;
  /** @default 10 */
  readonly timeoutSeconds?: number;
  /** @default {} */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A cache behavior beside that of documents and that of hashed assets. */
export interface BehaviorConfig {
  /** As in `/api/*`; `*` stands for any characters, `?` for one. The first of the list that matches counts. */
  readonly pathPattern: string;
  /**
   * Where its requests go: `"site"`, the `https:` URL of an API, whose path goes before that of each request; or a
   * Lambda function.
   */
  readonly origin: "site" | (string & {}) | FunctionOriginConfig;
  /**
   * The name of a managed policy, or the id of one of your own.
   * @default - `CachingDisabled`; that of documents for the site
   */
  readonly cachePolicy?: (typeof cachePolicyNames)[number] | (string & {});
  /**
   * The name of a managed policy, or the id of one of your own.
   * @default - `AllViewerExceptHostHeader`; none for the site
   */
  readonly originRequestPolicy?: (typeof originRequestPolicyNames)[number] | (string & {});
}

const shape: Shape = {
  required: ["pathPattern", "origin"],
  optional: ["cachePolicy", "originRequestPolicy"],
};
const functionShape: Shape = {
  required: ["functionFolder"],
  optional: ["handler", "memoryMb", "timeoutSeconds", "environment"],
};
// CF-J-06
const pathPattern = /^\/?[\w\-./~@:+&$'"*?]+$/;
const policyId = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * Refuses cache behaviors that CloudFront would not take.
 *
 * @param hashedAssetsPattern The configuration's, which has a cache behavior already.
 * @throws {EdgeSiteError} `INVALID_CONFIG`
 */
export function refuseInvalidBehaviors(value: unknown, hashedAssetsPattern: unknown): void {
  const taken = new Set<unknown>(["*", hashedAssetsPattern]);
  checkEach("behaviors", value, (subject, each) => {
    const fields = fieldsOf(shape, subject, each);
    const pattern = fields["pathPattern"];
    refuseMismatch(`${subject}.pathPattern`, pattern, pathPattern, 'a path, as in "/api/*"');
    if (taken.has(pattern)) {
      throw invalid(
        `${subject}.pathPattern is taken already: got ${shown(pattern)}. Give each cache behavior a pattern of its own; "*" and the hashedAssetsPattern have theirs.`,
      );
    }
    taken.add(pattern);
    refuseInvalidOrigin(`${subject}.origin`, fields["origin"]);
    refuseInvalidPolicy(`${subject}.cachePolicy`, fields["cachePolicy"], cachePolicyNames);
    refuseInvalidPolicy(
      `${subject}.originRequestPolicy`,
      fields["originRequestPolicy"],
      originRequestPolicyNames,
    );
  });
}

function refuseInvalidPolicy(subject: string, value: unknown, names: readonly string[]): void {
  if (value === undefined || (typeof value === "string" && policyId.test(value))) return;
  refuseOthers(subject, value, names);
}

function refuseInvalidOrigin(subject: string, value: unknown): void {
  if (value === "site") return;
  if (isObject(value)) return refuseInvalidFunction(subject, value);
  const url = typeof value === "string" ? URL.parse(value) : null;
  const isPlain =
    url !== null &&
    url.protocol === "https:" &&
    `${url.username}${url.password}${url.search}${url.hash}` === "" &&
    // CloudFront takes no address in the place of a name.
    /[a-z]$/.test(url.hostname);
  if (isPlain) return;
  throw invalid(
    `${subject} is not an origin: got ${shown(value)}. Allowed: "site", the https: URL of an API without query string, as in "https://api.example.com", or { functionFolder: "../api/dist" }.`,
  );
}

function refuseInvalidFunction(subject: string, value: unknown): void {
  const fields = fieldsOf(functionShape, subject, value);
  refuseMismatch(
    `${subject}.functionFolder`,
    fields["functionFolder"],
    /\S/,
    'the folder of built code, as in "../api/dist"',
  );
  const {
    handler = "index.handler",
    memoryMb = 256,
    timeoutSeconds = 10,
    environment = {},
  } = fields;
  refuseMismatch(
    `${subject}.handler`,
    handler,
    /^[^\s.]\S*\.\S+$/,
    'file and export, as in "index.handler"',
  );
  refuseNoCount(`${subject}.memoryMb`, memoryMb, 128);
  refuseNoCount(`${subject}.timeoutSeconds`, timeoutSeconds, 1);
  const texts = isObject(environment) ? Object.values(environment) : [undefined];
  if (texts.every((text) => typeof text === "string")) return;
  throw invalid(
    `${subject}.environment is not valid: got ${shown(environment)}. Allowed: texts by name.`,
  );
}
