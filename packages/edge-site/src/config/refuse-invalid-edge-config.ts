import { eventTypes } from "cf-rules";
import { isObject, shown } from "option-checks";
import { isDeepStrictEqual } from "node:util";
import type { EdgeEngine } from "cf-types";
import { refuseInvalidTraffic } from "../cost/traffic-config.ts";
import { refuseInvalidBehaviors } from "./behavior-config.ts";
import { refuseInvalidCacheKey } from "./cache-key-config.ts";
import { refuseInvalidErrorPages, refuseInvalidNotFoundPage } from "./error-page-config.ts";
import { refuseInvalidReleases } from "./releases-config.ts";
import { refuseInvalidStages } from "./refuse-invalid-stages.ts";
import {
  checkEach,
  type Fields,
  invalid,
  refuseMismatch,
  refuseNoCount,
  refuseOthers,
  fieldsOf,
  type Shape,
} from "./setting-checks.ts";
import { stackNamePattern } from "./stack-name-pattern.ts";

const configShape: Shape = {
  required: ["stackName", "siteFolder", "functions"],
  optional: [
    "siteFiles",
    "contentTypes",
    "hashedAssetsPattern",
    "replacedAssetsDays",
    "engine",
    "traffic",
    "cacheKey",
    "behaviors",
    "notFoundPage",
    "errorPages",
    "releases",
    "tryOut",
    "liveChecks",
    "stages",
  ],
};
const engines: readonly EdgeEngine[] = ["cloudfront-function", "lambda-edge"];
const siteFilesShape: Shape = { optional: ["include", "exclude"] };
const functionShape: Shape = {
  required: ["package", "config"],
  optional: ["limits", "pathPatterns", "engine", "eventType"],
};
const tryOutShape: Shape = { required: ["uri", "shows"] };
const liveCheckShape: Shape = { required: ["uri", "status"], optional: ["headers"] };

// CF-J-06 without the question mark; the asterisk only at the end, because hashed assets are a folder.
const hashedAssetsPattern = /^\/[\w\-./~@:+&]*\*$/;

// RFC 9110, 8.3.1: parameters are tokens or quoted texts.
const contentType =
  /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;\s*[\w!#$&^.+-]+=(?:[\w!#$&^.+-]+|"[^"\\\r\n]*"))*$/;

// Without what would make it match nothing: "/" or "./" in front, "!", "/" at the end.
const relativeGlob = /^(?!\.?\/|!).*[^/\s]$/;

/**
 * Refuses a configuration that a user could not have meant.
 *
 * @throws {EdgeSiteError} `INVALID_CONFIG`, naming the key, its value and what is allowed.
 */
export function refuseInvalidEdgeConfig(config: unknown): void {
  const fields = fieldsOf(configShape, "", config);
  const { pattern, allowed } = stackNamePattern;
  refuseMismatch("stackName", fields["stackName"], pattern, allowed);
  refuseMismatch(
    "siteFolder",
    fields["siteFolder"],
    /\S/,
    'the folder of the built site, as in "../notes/dist"',
  );
  checkEach("functions", fields["functions"], refuseInvalidFunction);
  for (const [key, check] of Object.entries(optionalSettings)) {
    if (fields[key] !== undefined) check(fields[key], fields);
  }
}

const optionalSettings: Readonly<Record<string, (value: unknown, config: Fields) => void>> = {
  siteFiles: refuseInvalidSiteFiles,
  contentTypes: refuseInvalidContentTypes,
  hashedAssetsPattern: (value) =>
    refuseMismatch(
      "hashedAssetsPattern",
      value,
      hashedAssetsPattern,
      'a folder and everything in it, as in "/assets/*"',
    ),
  engine: (value) => refuseOthers("engine", value, engines),
  traffic: refuseInvalidTraffic,
  cacheKey: refuseInvalidCacheKey,
  behaviors: (value, config) => refuseInvalidBehaviors(value, config["hashedAssetsPattern"]),
  notFoundPage: refuseInvalidNotFoundPage,
  errorPages: refuseInvalidErrorPages,
  releases: refuseInvalidReleases,
  replacedAssetsDays: (value) => refuseNoCount("replacedAssetsDays", value, 1),
  tryOut: (value) => checkEach("tryOut", value, refuseInvalidTryOut),
  liveChecks: (value) => checkEach("liveChecks", value, refuseInvalidLiveCheck),
  stages: refuseInvalidStages,
};

function refuseInvalidSiteFiles(value: unknown): void {
  const fields = fieldsOf(siteFilesShape, "siteFiles", value);
  for (const [key, globs] of Object.entries(fields)) {
    checkEach(`siteFiles.${key}`, globs, (subject, glob) =>
      refuseMismatch(
        subject,
        glob,
        relativeGlob,
        'a glob relative to siteFolder, as in "downloads/*.sql"',
      ),
    );
  }
}

function refuseInvalidContentTypes(value: unknown): void {
  if (!isObject(value)) {
    throw invalid(
      `contentTypes is not an object: got ${shown(value)}. Write it as { feed: "application/rss+xml" }.`,
    );
  }
  for (const [glob, type] of Object.entries(value)) {
    refuseMismatch(
      "A key of contentTypes",
      glob,
      relativeGlob,
      'a glob relative to siteFolder, as in "feed" or "models/*.glb"',
    );
    refuseMismatch(
      `contentTypes[${shown(glob)}]`,
      type,
      contentType,
      'a Content-Type, as in "application/rss+xml"',
    );
  }
}

function refuseInvalidFunction(subject: string, value: unknown): void {
  const fields = fieldsOf(functionShape, subject, value);
  refuseMismatch(
    `${subject}.package`,
    fields["package"],
    /\S/,
    'the npm name of a package, as in "spa-rewrite"',
  );
  const { config, limits, pathPatterns, engine, eventType } = fields;
  if (engine !== undefined) refuseOthers(`${subject}.engine`, engine, engines);
  if (eventType !== undefined) refuseOthers(`${subject}.eventType`, eventType, eventTypes);
  if (typeof config !== "function") refuseInvalidFunctionConfig(`${subject}.config`, config);
  if (limits !== undefined && !isObject(limits)) {
    throw invalid(
      `${subject}.limits is not an object: got ${shown(limits)}. Write it as { minObservatoryScore: 130 }.`,
    );
  }
  if (pathPatterns === undefined) return;
  checkEach(`${subject}.pathPatterns`, pathPatterns, (pattern, each) =>
    refuseMismatch(pattern, each, /^(?:\*|\/.*)$/, 'a path pattern, as in "*" or "/assets/*"'),
  );
}

/**
 * Refuses compiled options that could not be stored as config.json.
 *
 * @throws {EdgeSiteError} `INVALID_CONFIG`.
 */
export function refuseInvalidFunctionConfig(subject: string, config: unknown): void {
  if (isObject(config) && isPlainJson(config)) return;
  throw invalid(
    `${subject} is not plain JSON: got ${shown(config)}. Give the package's options, or what its compile function returns.`,
  );
}

function refuseInvalidTryOut(subject: string, value: unknown): void {
  const { uri, shows } = fieldsOf(tryOutShape, subject, value);
  refuseMismatch(`${subject}.uri`, uri, /^\/\S*$/, 'a path, as in "/notes/1"');
  refuseMismatch(`${subject}.shows`, shows, /\S/, "a few words");
}

function refuseInvalidLiveCheck(subject: string, value: unknown): void {
  const { uri, status, headers } = fieldsOf(liveCheckShape, subject, value);
  refuseMismatch(`${subject}.uri`, uri, /^\/\S*$/, 'a path, as in "/notes/1"');
  refuseNoCount(`${subject}.status`, status, 200);
  if (headers === undefined) return;
  const texts = isObject(headers) ? Object.values(headers) : [undefined];
  if (texts.every((text) => typeof text === "string")) return;
  throw invalid(
    `${subject}.headers is not valid: got ${shown(headers)}. Allowed: the value of each header by its name, as in { location: "/elsewhere" }; "*" stands for any value.`,
  );
}

function isPlainJson(value: Fields): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value);
  } catch {
    return false;
  }
}
