import { CreateCfEdgeError } from "./create-cf-edge-error.ts";

/** On which of CloudFront's engines the functions run. */
export type Engine = "cloudfront-function" | "lambda-edge";

/** What is said of a site, by its author or by detection. */
export interface Answers {
  /** The folder of the built site, relative to the project. */
  readonly siteFolder: string;
  /**
   * The paths of the app; `"all"` for a router of the browser that takes every path; `"pages"` for a site that has a
   * page for each path.
   */
  readonly routes: readonly string[] | "all" | "pages";
  readonly hashedAssetsPattern: string | undefined;
  /** Undefined for CloudFront's own name. */
  readonly domain: Domain | undefined;
  /** Undefined where each function goes where it costs least. */
  readonly engine: Engine | undefined;
  readonly stackName: string;
}

/** A name of one's own. */
export interface Domain {
  readonly name: string;
  /** Of an ACM certificate in us-east-1. */
  readonly certificateArn: string;
}

const domainName = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;
const certificateArn = /^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/;

/** @throws {CreateCfEdgeError} `INVALID_ANSWER` when it is no domain name. */
export function refuseInvalidDomain(name: string): void {
  if (domainName.test(name)) return;
  throw invalid("The domain is no domain name", name, "app.example.com");
}

/** @throws {CreateCfEdgeError} `INVALID_ANSWER` when it names no certificate in us-east-1. */
export function refuseInvalidCertificate(arn: string): void {
  if (certificateArn.test(arn)) return;
  const example = "arn:aws:acm:us-east-1:111122223333:certificate/0123-abc";
  throw invalid("The certificate is no ARN of ACM in us-east-1", arn, example);
}

/**
 * Reads routes as a command line has them.
 *
 * @param text `all`, `pages`, or paths with commas between.
 * @throws {CreateCfEdgeError} `INVALID_ANSWER`
 */
export function parseRoutes(text: string): Answers["routes"] {
  if (text === "all" || text === "pages") return text;
  const routes = text.split(",").map((route) => route.trim());
  const wrong = routes.find((route) => !/^\/\S*$|^\{\//.test(route));
  if (wrong === undefined) return routes;
  throw invalid("A route is no path", wrong, "/notes/:id,/about, or all, or pages");
}

function invalid(problem: string, got: string, example: string): CreateCfEdgeError {
  return new CreateCfEdgeError(
    "INVALID_ANSWER",
    `${problem}: got ${JSON.stringify(got)}. Write it as in ${example}.`,
  );
}
