import type { CompiledCondition, ValueCondition } from "../edge/compiled-secret-redirect.ts";
import type { RedirectConditions } from "./redirect-rule.ts";
import { punycodeRemedy } from "option-checks";
import { invalid, refuseUnknownKeys } from "./refuse-invalid-option.ts";
import { readTimeWindow } from "./time-window.ts";

/** The conditions of a rule, read. */
export interface ReadConditions {
  readonly conditions: readonly CompiledCondition[];
  /** Query parameter by the name under which its value is captured. */
  readonly queryNames: ReadonlyMap<string, string>;
}

interface ListKind {
  readonly allowed: RegExp;
  readonly remedy: string;
  readonly fold: (value: string) => string;
}

const hostName = /^(?:[\w-]+\.)*[\w-]+$/;
const lists: Readonly<Record<"host" | "country" | "language" | "method", ListKind>> = {
  host: {
    allowed: hostName,
    remedy: 'Give host names without scheme and port, as in "www.example.com".',
    fold: (value) => value.toLowerCase(),
  },
  country: {
    allowed: /^[A-Za-z]{2}$/,
    remedy: 'Give two letters (ISO 3166-1), as in "DE".',
    fold: (value) => value.toUpperCase(),
  },
  language: {
    allowed: /^[A-Za-z]{2,8}(?:-[A-Za-z\d]{1,8})*$/,
    remedy: 'Give language tags, as in "de" or "pt-BR".',
    fold: (value) => value.toLowerCase(),
  },
  method: {
    allowed: /^(?:GET|HEAD|OPTIONS|PUT|POST|PATCH|DELETE)$/,
    remedy:
      "Allowed: the methods that CloudFront passes on: GET, HEAD, OPTIONS, PUT, POST, PATCH, DELETE.",
    fold: (value) => value,
  },
};
const conditionNames = [
  "host",
  "country",
  "language",
  "method",
  "cookie",
  "header",
  "query",
  "time",
];
const capturing = /^:([A-Za-z_]\w*)$/;

/** RFC 9110, 5.6.2: a token, which header and cookie names are. */
const headerName = /^[\w!#$%&'*+\-.^`|~]+$/;

/**
 * Returns what a rule asks of a request besides its path.
 *
 * @param hostHeader The header that carries the viewer's host, lower case.
 * @throws {SecretRedirectOptionsError} `INVALID_TYPE`, `UNKNOWN_OPTION` or `INVALID_CONDITION`.
 */
export function readRedirectConditions(
  subject: string,
  given: RedirectConditions,
  hostHeader: string,
): ReadConditions {
  refuseUnknownKeys(subject, given, conditionNames);
  const queryNames = new Map<string, string>();
  const headers = {
    host: hostHeader,
    country: "cloudfront-viewer-country",
    language: "accept-language",
    method: "",
  };
  const conditions: CompiledCondition[] = [];
  for (const kind of ["method", "host", "country", "language"] as const) {
    const value = given[kind];
    if (value === undefined) continue;
    const oneOf = readList(`${subject}.${kind}`, value, lists[kind]);
    conditions.push({ in: kind === "country" ? "header" : kind, name: headers[kind], oneOf });
  }
  for (const kind of ["query", "cookie", "header"] as const) {
    const named = given[kind];
    if (named === undefined) continue;
    for (const [name, value] of Object.entries(refuseNoRecord(`${subject}.${kind}`, named))) {
      refuseInvalidName(`${subject}.${kind}`, kind, name);
      const condition = readNamed(`${subject}.${kind}.${name}`, kind, name, value, queryNames);
      conditions.push(condition);
    }
  }
  if (given.time !== undefined) conditions.push(readTimeWindow(`${subject}.time`, given.time));
  return { conditions, queryNames };
}

/**
 * Refuses a name that no header, cookie or query parameter has.
 *
 * @throws {SecretRedirectOptionsError} `INVALID_CONDITION`.
 */
export function refuseInvalidName(
  subject: string,
  kind: "query" | "cookie" | "header",
  name: string,
): void {
  const isName = kind === "query" ? name !== "" : headerName.test(name);
  if (isName && !(name in {})) return;
  throw invalid(
    "INVALID_CONDITION",
    subject,
    `names no ${kind}`,
    name,
    "Give the name alone, without value.",
  );
}

function readList(subject: string, value: unknown, kind: ListKind): string[] {
  const { allowed, remedy, fold } = kind;
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (
    values.length === 0 ||
    !values.every((each) => typeof each === "string" && allowed.test(each))
  ) {
    const name = kind === lists.host ? values.map(punycodeRemedy).find(Boolean) : undefined;
    throw invalid("INVALID_CONDITION", subject, "is not valid", value, name ?? remedy);
  }
  return values.map((each) => fold(String(each)));
}

function refuseNoRecord(subject: string, value: unknown): Readonly<Record<string, unknown>> {
  if (value !== null && typeof value === "object" && !Array.isArray(value)) return { ...value };
  throw invalid("INVALID_CONDITION", subject, "is not an object", value, "Give values by name.");
}

function readNamed(
  subject: string,
  kind: "query" | "cookie" | "header",
  name: string,
  value: unknown,
  queryNames: Map<string, string>,
): ValueCondition {
  const source = { in: kind, name: kind === "header" ? name.toLowerCase() : name };
  if (typeof value === "boolean") return { ...source, absent: !value };
  const captured = kind === "query" && typeof value === "string" && capturing.exec(value)?.[1];
  if (captured) {
    queryNames.set(captured, name);
    return { ...source, absent: false };
  }
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0 || !values.every((each) => typeof each === "string")) {
    throw invalid(
      "INVALID_CONDITION",
      subject,
      "is not valid",
      value,
      "Give a value, a list of values, true for any value or false for none.",
    );
  }
  return { ...source, oneOf: values.map(String) };
}
