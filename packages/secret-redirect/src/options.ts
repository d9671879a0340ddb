import type { EventHeader } from "cf-types";
import { closestMatch } from "leven";
import { refuseInvalidLocation } from "./refuse-invalid-location.ts";
import { SecretRedirectOptionsError } from "./secret-redirect-options-error.ts";

/** Which path redirects, and whereto. */
export interface SecretRedirectOptions {
  /**
   * The whole path that is redirected, case-sensitively and percent-encoded as a viewer sends it.
   * @default "/secret"
   */
  readonly path?: string;
  /** Whereto: an absolute `http:` or `https:` URL, or a path on the same host. */
  readonly location: string;
  /**
   * 301, 302, 303, 307 or 308.
   * @default 302
   */
  readonly status?: RedirectStatus;
}

/** The statuses that redirect a viewer. */
export type RedirectStatus = keyof typeof statusDescriptions;

/** The options as the handler reads them: plain JSON, the response ready to be returned. */
export interface CompiledSecretRedirect {
  readonly path: string;
  readonly response: {
    readonly status: string;
    readonly statusDescription: string;
    readonly headers: { readonly location: readonly Readonly<EventHeader>[] };
  };
}

const optionNames = ["path", "location", "status"];

// RFC 9110, 15.4.
const statusDescriptions = {
  301: "Moved Permanently",
  302: "Found",
  303: "See Other",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
} as const;

const requestPath = /^\/(?:[\w\-.~!$&'()*+,;=:@/]|%[\dA-Fa-f]{2})*$/;

/**
 * Returns the options in the form that `createSecretRedirect` takes.
 *
 * @throws {SecretRedirectOptionsError} when an option is unknown, absent, of the wrong type or not valid.
 */
export function compileSecretRedirect(options: SecretRedirectOptions): CompiledSecretRedirect {
  refuseUnknownOptions(options);
  const { path = "/secret", location, status = 302 } = options;
  refuseInvalidPath(path);
  refuseInvalidStatus(status);
  refuseInvalidLocation(location, path);
  return {
    path,
    response: {
      status: String(status),
      statusDescription: statusDescriptions[status],
      headers: { location: [{ key: "Location", value: location }] },
    },
  };
}

function refuseUnknownOptions(options: unknown): void {
  if (options === null || typeof options !== "object") {
    throw new SecretRedirectOptionsError(
      "INVALID_TYPE",
      `The options are not an object: got ${JSON.stringify(options) ?? "nothing"}. Allowed: ${optionNames.join(", ")}.`,
    );
  }
  for (const [name, value] of Object.entries(options)) {
    if (optionNames.includes(name)) continue;
    const meant = closestMatch(name, optionNames, { maxDistance: 2 });
    throw new SecretRedirectOptionsError(
      "UNKNOWN_OPTION",
      `${name} is not an option: got ${JSON.stringify(value)}. ${meant === undefined ? `Allowed: ${optionNames.join(", ")}.` : `Did you mean ${meant}?`}`,
    );
  }
}

function refuseInvalidPath(path: unknown): void {
  if (typeof path !== "string") {
    throw new SecretRedirectOptionsError(
      "INVALID_TYPE",
      `path is not a string: got ${JSON.stringify(path)}. Give a path, as in "/secret".`,
    );
  }
  if (!requestPath.test(path)) {
    throw new SecretRedirectOptionsError(
      "INVALID_PATH",
      `path is not the path of a request: got ${JSON.stringify(path)}. It starts with "/", has no query string and no fragment, and is percent-encoded.`,
    );
  }
}

function refuseInvalidStatus(status: unknown): void {
  const allowed = Object.keys(statusDescriptions).map(Number);
  if (!allowed.some((each) => each === status)) {
    throw new SecretRedirectOptionsError(
      "INVALID_STATUS",
      `status is not one of a redirect: got ${JSON.stringify(status)}. Allowed: ${allowed.join(", ")}.`,
    );
  }
}
