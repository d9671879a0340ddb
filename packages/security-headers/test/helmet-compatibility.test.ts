import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import {
  compileSecurityHeaders,
  contentSecurityPolicy,
  plainSecurityHeaders,
} from "../src/index.ts";
import type { SecurityHeadersOptions } from "../src/index.ts";

type Json = Readonly<Record<string, unknown>>;

interface HelmetCase {
  readonly id: string;
  readonly input: { readonly fn: string; readonly args: readonly unknown[] };
  readonly expected: Json;
}

// Parsed, not imported: as a JavaScript literal, the key "__proto__" of a case would be no key.
const helmet: { readonly cases: readonly HelmetCase[] } = JSON.parse(
  await readFile(`${import.meta.dirname}/fixtures/helmet-headers.json`, "utf8"),
);

const optionOf: Readonly<Record<string, readonly [option: string, argument: string]>> = {
  "referrer-policy": ["referrerPolicy", "policy"],
  "strict-transport-security": ["strictTransportSecurity", ""],
  "x-frame-options": ["xFrameOptions", "action"],
  "cross-origin-opener-policy": ["crossOriginOpenerPolicy", "policy"],
  "cross-origin-embedder-policy": ["crossOriginEmbedderPolicy", "policy"],
  "cross-origin-resource-policy": ["crossOriginResourcePolicy", "policy"],
  "x-permitted-cross-domain-policies": ["xPermittedCrossDomainPolicies", "permittedPolicies"],
  "x-dns-prefetch-control": ["xDnsPrefetchControl", "allow"],
};

// Helmet's own, so that what is compared is how directives are laid over a policy.
const helmetPolicy = new Map(
  String(helmet.cases[0]?.expected["content-security-policy"])
    .split(";")
    .map((directive) => directive.split(" "))
    .map(([name = "", ...values]) => [name, values] as const),
);

const standIns: Readonly<Record<string, unknown>> = {
  $function: () => "",
  $Infinity: Infinity,
  "$-Infinity": -Infinity,
  $NaN: Number.NaN,
};

/** What our package makes of a case of helmet's: the header by name, or that it refuses. */
function ours(
  name: string,
  args: readonly unknown[],
): Readonly<Record<string, unknown>> | "refused" {
  const given = revived(args[0] ?? {}) as Json;
  try {
    if (name === "content-security-policy") {
      const { reportOnly, ...rest } = given;
      const policy = contentSecurityPolicy(policyOptions(rest), helmetPolicy);
      return { [reportOnly === true ? `${name}-report-only` : name]: policy };
    }
    const [option, argument] = optionOf[name] ?? ["", ""];
    const value = argument === "" ? transportOptions(given) : given[argument];
    const own = value === undefined || option === "" ? {} : { [option]: dnsValue(option, value) };
    const compiled = compileSecurityHeaders({
      preset: "isolated",
      ...own,
    } as SecurityHeadersOptions);
    const headers = plainSecurityHeaders(compiled);
    const key = Object.keys(headers).find((each) => each.toLowerCase() === name);
    if (key === undefined && compiled.removeHeaders?.includes(name)) return { [name]: null };
    return key === undefined ? {} : { [name]: headers[key] };
  } catch {
    return "refused";
  }
}

function revived(value: unknown): unknown {
  if (typeof value === "string") return value in standIns ? standIns[value] : value;
  if (Array.isArray(value)) return value.map(revived);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, revived(each)]));
}

function policyOptions(given: Json): Json {
  const entries = Object.entries((given["directives"] ?? {}) as Json);
  const disabled = entries.filter(([, value]) => value === "$symbol").map(([name]) => name);
  return {
    ...given,
    directives: Object.fromEntries(
      entries.filter(([name]) => !(disabled.includes(name) && name.startsWith("default"))),
    ),
    ...(disabled.some((name) => name.startsWith("default")) && {
      dangerouslyDisableDefaultSrc: true,
    }),
  };
}

function transportOptions({ maxAge, ...rest }: Json): Json {
  return { ...rest, ...(maxAge !== undefined && { maxAgeSeconds: maxAge }) };
}

function dnsValue(option: string, value: unknown): unknown {
  return option === "xDnsPrefetchControl" ? (value ? "on" : "off") : value;
}

const differing = helmet.cases.filter(({ input, expected }) => {
  const result = ours(input.fn, input.args);
  const isError = "error" in expected || "$error" in expected;
  return isError ? result !== "refused" : JSON.stringify(result) !== JSON.stringify(expected);
});

describe("helmet's 216 cases", () => {
  it("are all here", () => expect(helmet.cases).toHaveLength(216));

  it("agree, or stand with their reason in docs/COMPATIBILITY.md", async () => {
    const text = await readFile(`${import.meta.dirname}/../docs/COMPATIBILITY.md`, "utf8");
    const listed = [...text.matchAll(/^\| (helmet-headers-\d+(?:, helmet-headers-\d+)*) /gm)];
    const ids = listed.flatMap(([, cell = ""]) => cell.split(", "));
    expect(ids.toSorted()).toEqual(differing.map(({ id }) => id).toSorted());
    expect(text).toContain(`${216 - ids.length} of 216`);
  });
});
