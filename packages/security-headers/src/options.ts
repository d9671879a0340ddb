import type { EventHeader } from "cf-types";
import { closestMatch } from "leven";
import { type HeaderOption, defaultHeaders } from "./default-headers.ts";
import { headerLine } from "./header-line.ts";
import { SecurityHeadersOptionsError } from "./security-headers-options-error.ts";

/** The value of each header. `false` leaves a header as the origin sent it, or absent. */
export interface SecurityHeadersOptions {
  /** @default "max-age=63072000; includeSubDomains; preload" */
  readonly strictTransportSecurity?: string | false;
  /** @default "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'" */
  readonly contentSecurityPolicy?: string | false;
  /** @default "nosniff" */
  readonly xContentTypeOptions?: string | false;
  /** @default "DENY" */
  readonly xFrameOptions?: string | false;
  /** @default "1; mode=block" */
  readonly xXssProtection?: string | false;
  /** @default "same-origin" */
  readonly referrerPolicy?: string | false;
  /** @default "Erlang on Eels" */
  readonly server?: string | false;
  /**
   * Further headers by name, as in `{ "Permissions-Policy": "camera=()" }`.
   * @default {}
   */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The options as the handler reads them: plain JSON, the headers as an event carries them. */
export interface CompiledSecurityHeaders {
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, readonly Readonly<EventHeader>[]>>;
}

type HeaderLines = ReadonlyMap<string, readonly Readonly<EventHeader>[]>;

const headerOptions = Object.keys(defaultHeaders) as readonly HeaderOption[];
const optionNames = [...headerOptions, "headers"];

/**
 * Returns the options in the form that `createSecurityHeaders` takes.
 *
 * @throws {SecurityHeadersOptionsError} when an option is unknown or of the wrong type, when a value
 *   cannot be sent, or when a viewer-response function may not set a header.
 */
export function compileSecurityHeaders(
  options: SecurityHeadersOptions = {},
): CompiledSecurityHeaders {
  refuseUnknownOptions(options);
  const { headers = {} } = options;
  return { headers: Object.fromEntries([...namedHeaders(options), ...furtherHeaders(headers)]) };
}

function refuseUnknownOptions(options: unknown): void {
  if (options === null || typeof options !== "object") {
    throw new SecurityHeadersOptionsError(
      "INVALID_TYPE",
      `The options are not an object: got ${JSON.stringify(options)}. Allowed: ${optionNames.join(", ")}.`,
    );
  }
  for (const [name, value] of Object.entries(options)) {
    if (optionNames.includes(name)) continue;
    const meant = closestMatch(name, optionNames, { maxDistance: 3 });
    throw new SecurityHeadersOptionsError(
      "UNKNOWN_OPTION",
      `${name} is not an option: got ${JSON.stringify(value)}. ${meant === undefined ? `Allowed: ${optionNames.join(", ")}.` : `Did you mean ${meant}?`}`,
    );
  }
}

function namedHeaders(options: SecurityHeadersOptions): HeaderLines {
  const lines = new Map<string, readonly Readonly<EventHeader>[]>();
  for (const option of headerOptions) {
    const { key, value: defaultValue } = defaultHeaders[option];
    const { [option]: value = defaultValue } = options;
    if (value !== false) lines.set(key.toLowerCase(), [headerLine(option, key, value)]);
  }
  return lines;
}

function furtherHeaders(headers: unknown): HeaderLines {
  if (headers === null || typeof headers !== "object") {
    throw new SecurityHeadersOptionsError(
      "INVALID_TYPE",
      `headers is not an object: got ${JSON.stringify(headers)}. Give names and values, as in {"Permissions-Policy": "camera=()"}.`,
    );
  }
  const lines = new Map<string, readonly Readonly<EventHeader>[]>();
  for (const [key, value] of Object.entries(headers)) {
    const subject = `headers[${JSON.stringify(key)}]`;
    const name = key.toLowerCase();
    const option = headerOptions.find((each) => defaultHeaders[each].key.toLowerCase() === name);
    if (option !== undefined) {
      throw invalidName(
        `${subject} has an option of its own: got ${JSON.stringify(value)}. Set ${option} instead.`,
      );
    }
    if (lines.has(name)) {
      throw invalidName(
        `${subject} is given twice: got ${JSON.stringify(value)}. Header names are not case-sensitive: keep one.`,
      );
    }
    lines.set(name, [headerLine(subject, key, value)]);
  }
  return lines;
}

function invalidName(message: string): SecurityHeadersOptionsError {
  return new SecurityHeadersOptionsError("INVALID_NAME", message);
}
