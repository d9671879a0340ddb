import { closestMatch } from "leven";
import { routePattern } from "./route-pattern.ts";
import { SpaRewriteOptionsError } from "./spa-rewrite-options-error.ts";

/** Which paths are routes of the app, and what they are served. */
export interface SpaRewriteOptions {
  /**
   * The paths of the app, in the syntax of a URLPattern pathname: `/about`, `/notes/:id`,
   * `/notes/:id(\\d+)/edit`. A route matches the whole path, case-sensitively.
   *
   * @see https://developer.mozilla.org/docs/Web/API/URL_Pattern_API
   */
  readonly routes: readonly string[];
  /**
   * The path of the file that all routes are served.
   * @default "/index.html"
   */
  readonly document?: string;
}

/** The options as the handler reads them: plain JSON, nothing left to decide. */
export interface CompiledSpaRewrite {
  /** The source of one regular expression that matches the whole path of every route. */
  readonly route: string;
  readonly document: string;
}

const optionNames = ["routes", "document"];
const documentPath = /^(?:\/(?:[\w\-.~!$&'()*+,;=:@]|%[\dA-Fa-f]{2})+)+$/;
const dotSegment = /\/(?:\.|%2e){1,2}(?:\/|$)/i;

/**
 * Returns the options in the form that `createSpaRewrite` takes.
 *
 * @throws {SpaRewriteOptionsError} when an option is unknown, absent, of the wrong type or not valid.
 */
export function compileSpaRewrite(options: SpaRewriteOptions): CompiledSpaRewrite {
  refuseUnknownOptions(options);
  const { routes, document = "/index.html" } = options;
  if (!Array.isArray(routes) || routes.length === 0) {
    throw new SpaRewriteOptionsError(
      "INVALID_TYPE",
      `routes is not a list of routes: got ${JSON.stringify(routes) ?? "nothing"}. Give at least one path, as in ["/notes/:id"].`,
    );
  }
  refuseInvalidDocument(document);
  return {
    route: `^(?:${routes.map((route, index) => routePattern(route, `routes[${index}]`)).join("|")})$`,
    document,
  };
}

function refuseUnknownOptions(options: unknown): void {
  if (options === null || typeof options !== "object") {
    throw new SpaRewriteOptionsError(
      "INVALID_TYPE",
      `The options are not an object: got ${JSON.stringify(options) ?? "nothing"}. Allowed: ${optionNames.join(", ")}.`,
    );
  }
  for (const [name, value] of Object.entries(options)) {
    if (optionNames.includes(name)) continue;
    const meant = closestMatch(name, optionNames, { maxDistance: 2 });
    throw new SpaRewriteOptionsError(
      "UNKNOWN_OPTION",
      `${name} is not an option: got ${JSON.stringify(value)}. ${meant === undefined ? `Allowed: ${optionNames.join(", ")}.` : `Did you mean ${meant}?`}`,
    );
  }
}

function refuseInvalidDocument(document: unknown): void {
  if (typeof document !== "string") {
    throw new SpaRewriteOptionsError(
      "INVALID_TYPE",
      `document is not a string: got ${JSON.stringify(document)}. Give the path of a file, as in "/index.html".`,
    );
  }
  if (!documentPath.test(document) || dotSegment.test(document)) {
    throw new SpaRewriteOptionsError(
      "INVALID_DOCUMENT",
      `document is not the path of a file: got ${JSON.stringify(document)}. It starts with "/", does not end with it, has no empty, "." or ".." segment, no query string, and is percent-encoded.`,
    );
  }
}
