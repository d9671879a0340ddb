import { property, assert, constant, constantFrom, oneof, string, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { analyzeSite } from "./site/analyze-site.ts";
import { compileSecurityHeaders } from "./compile/compile-security-headers.ts";
import type { CompiledHeaderSet } from "./edge/compiled-security-headers.ts";
import type { SecurityHeadersOptions } from "./options.ts";
import { SecurityHeadersOptionsError } from "./security-headers-options-error.ts";

/** A place in the options that takes a text. */
interface Slot {
  readonly options: (text: string) => object;
  /** A text that is allowed there; absent where none is sent, whatever it is. */
  readonly allowed?: string;
  /** How the text is written in a header, when it is allowed. */
  readonly written?: (text: string) => string;
}

const hash = `'sha256-${"A".repeat(43)}='`;
const [page] = analyzeSite({ "/index.html": "<p>text" }).pages;
const kinds = ["connect", "font", "form", "frame", "image", "media", "script", "style", "worker"];

const ofAHeaderSet: Readonly<Record<string, Slot>> = {
  strictTransportSecurity: whole("strictTransportSecurity", "max-age=1"),
  "strictTransportSecurity.maxAgeSeconds": never((text) => ({
    strictTransportSecurity: { maxAgeSeconds: text },
  })),
  "strictTransportSecurity.preload": never((text) => ({
    strictTransportSecurity: { preload: text },
  })),
  ...policySlots("contentSecurityPolicy"),
  ...policySlots("contentSecurityPolicyReportOnly"),
  "trustedTypes.mode": never((text) => ({ trustedTypes: { mode: text } })),
  "trustedTypes.policies": {
    options: (text) => ({ trustedTypes: { mode: "enforce", policies: ["one", text] } }),
    allowed: "two",
  },
  reportingEndpoints: whole("reportingEndpoints", 'two="https://r.example/2"'),
  "reportingEndpoints names": {
    options: (text) => ({ reportingEndpoints: { [text]: "https://r.example/2" } }),
    allowed: "two",
  },
  "reportingEndpoints addresses": {
    options: (text) => ({ reportingEndpoints: { two: text } }),
    allowed: "https://r.example/2",
  },
  permissionsPolicy: whole("permissionsPolicy", "hid=(self)"),
  "permissionsPolicy features": {
    options: (text) => ({ permissionsPolicy: { [text]: "self" } }),
    allowed: "fullscreen",
    written: (text) => text.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  },
  "permissionsPolicy who": {
    options: (text) => ({ permissionsPolicy: { fullscreen: text } }),
    allowed: "self",
    written: (text) => (text === "none" ? "" : text),
  },
  "permissionsPolicy origins": {
    options: (text) => ({ permissionsPolicy: { fullscreen: ["self", text] } }),
    allowed: "https://two.example",
  },
  crossOriginOpenerPolicy: whole("crossOriginOpenerPolicy", 'same-origin; report-to="x"'),
  crossOriginEmbedderPolicy: whole("crossOriginEmbedderPolicy", "credentialless"),
  crossOriginResourcePolicy: whole("crossOriginResourcePolicy", "same-site"),
  originAgentCluster: whole("originAgentCluster", "?0"),
  xContentTypeOptions: whole("xContentTypeOptions", "nosniff"),
  xFrameOptions: {
    ...whole("xFrameOptions", "SAMEORIGIN"),
    written: (text) => text.toUpperCase().replace("SAME-ORIGIN", "SAMEORIGIN"),
  },
  xXssProtection: whole("xXssProtection", "1; report=https://r.example"),
  referrerPolicy: whole("referrerPolicy", "no-referrer"),
  "referrerPolicy list": {
    options: (text) => ({ referrerPolicy: [text] }),
    allowed: "no-referrer",
  },
  server: whole("server", "two"),
  xPermittedCrossDomainPolicies: whole("xPermittedCrossDomainPolicies", "master-only"),
  xDnsPrefetchControl: whole("xDnsPrefetchControl", "off"),
  "headers names": {
    options: (text) => ({ headers: { [text]: "1" } }),
    allowed: "x-two",
    written: (text) => text.toLowerCase(),
  },
  "headers values": { options: (text) => ({ headers: { "X-Two": text } }), allowed: "two" },
  "headers of an option's name": {
    options: (text) => ({ preset: "original", headers: { "Permissions-Policy": text } }),
    allowed: "hid=(self)",
  },
  documentOnly: unsent((text) => ({ documentOnly: [text] }), "Referrer-Policy"),
  keepIfPresent: unsent((text) => ({ keepIfPresent: [text] }), "Referrer-Policy"),
  removeHeaders: unsent((text) => ({ removeHeaders: [text] }), "X-Two"),
  ...Object.fromEntries(
    ["scriptHashes", "styleElementHashes", "styleAttributeHashes"].map((name) => [
      `site.pages[].${name}`,
      {
        options: (text: string) => ({
          preset: "static",
          site: { pages: [{ ...page, [name]: [text] }] },
        }),
        allowed: hash,
      },
    ]),
  ),
};

const ofTheSite: Readonly<Record<string, Slot>> = {
  preset: unsent((text) => ({ preset: text }), "spa"),
  ...Object.fromEntries(
    kinds.map((kind) => [
      `origins.${kind}`,
      {
        options: (text: string) => ({ origins: { [kind]: [text] } }),
        allowed: "https://two.example",
      },
    ]),
  ),
  "origins kinds": never((text) => ({ origins: { [`no ${text}`]: ["https://two.example"] } })),
  inlineStyles: unsent((text) => ({ preset: "original", inlineStyles: text }), "hash"),
  documentContentTypes: unsent((text) => ({ documentContentTypes: [text] }), "text/html"),
  eventType: unsent((text) => ({ eventType: text }), "origin-response"),
  "pathOverrides[].pathPattern": unsent(
    (text) => ({ pathOverrides: [{ pathPattern: text }] }),
    "/two/*",
  ),
  "an unknown option": never((text) => ({ [`no ${text}`]: "two" })),
};

const inPathOverrides = Object.fromEntries(
  Object.entries(ofAHeaderSet).map(([name, slot]) => [
    `pathOverrides[].${name}`,
    {
      ...slot,
      options: (text: string) => {
        const { preset, ...set } = slot.options(text) as { readonly preset?: string };
        return {
          ...(preset !== undefined && { preset }),
          pathOverrides: [{ pathPattern: "/two", ...set }],
        };
      },
    },
  ]),
);

function policySlots(option: string): Readonly<Record<string, Slot>> {
  const directives = (given: object) => ({ [option]: { directives: given } });
  return {
    [option]: whole(option, "default-src https:"),
    [`${option}.directives names`]: {
      options: (text) => directives({ [text]: ["https:"] }),
      allowed: "prefetch-src",
      written: (text) => text.replaceAll(/(?<!^)[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    },
    ...Object.fromEntries(
      [
        ["img-src", "https://two.example"],
        ["frame-ancestors", "https://two.example"],
        ["sandbox", "allow-forms"],
        ["report-to", "two"],
        ["report-uri", "https://r.example/2"],
        ["trusted-types", "two"],
        ["require-trusted-types-for", "'script'"],
      ].map(([name = "", allowed = ""]) => [
        `${option}.directives ${name}`,
        { options: (text: string) => directives({ [name]: [text] }), allowed },
      ]),
    ),
    [`${option}.directives.upgrade-insecure-requests`]: never((text) =>
      directives({ "upgrade-insecure-requests": [`no ${text}`] }),
    ),
    [`${option}.useDefaults`]: never((text) => ({ [option]: { useDefaults: text } })),
  };
}

/** A text that is sent as it is given. */
function whole(option: string, allowed: string): Slot {
  return { options: (text) => ({ [option]: text }), allowed };
}

/** A text that decides which headers are sent, and is in none of them. */
function unsent(options: Slot["options"], allowed: string): Slot {
  return { options, allowed, written: () => allowed };
}

/** A place in which no text is allowed. */
function never(options: Slot["options"]): Slot {
  return { options };
}

const fragments = [
  ["; script-src *", ";script-src *", ", script-src *", ";", ",", " ", "\t", "\r\nX-Evil: 1", "\n"],
  ["\u00A0", "\u2028", "\u3000", "\0", "\x7F", "é", "\u212A", "'", '"', '"; x="', '", x="', "\\"],
  ["=", "(", ")", " *", " 'unsafe-inline'", "%0d%0a", "/", "//", "*", "?x", "#x", "__proto__"],
].flat();

const fragment = constantFrom(...fragments);
const anyBytes = string({ unit: "binary" });
const fewBytes = string({ unit: "binary", maxLength: 3 });
const anyText = string();

function hostileTexts({ allowed = "" }: Slot) {
  return oneof(
    tuple(constantFrom("", allowed), fragment, constantFrom("", allowed, "x")).map((parts) =>
      parts.join(""),
    ),
    tuple(constant(allowed), fewBytes).map((parts) => parts.join("")),
    anyBytes,
    anyText,
  );
}

/** The values of headers by name. */
type Sent = ReadonlyMap<string, string>;
/** Every value by where it stands, as a browser reads the headers. */
type Parsed = Readonly<Record<string, readonly string[]>>;

function sent({ headers, documentHeaders }: CompiledHeaderSet): Sent {
  return new Map(
    Object.entries({ ...headers, ...documentHeaders }).map(([name, lines]) => {
      expect(lines).toHaveLength(1);
      const { key = "", value = "" } = lines[0] ?? {};
      expect(key.toLowerCase()).toBe(name);
      expect(key).toMatch(/^[A-Za-z\d_-]+$/);
      expect(value).toMatch(/^[ -~]+$/);
      return [name, value];
    }),
  );
}

function parsed(headers: Sent): Parsed {
  const found: [string, string[]][] = [];
  for (const [name, value] of headers) {
    if (name.startsWith("content-security-policy")) {
      // A comma begins a second policy.
      for (const directive of value.split(/[;,]/)) {
        const [directiveName = "", ...values] = directive.trim().split(/ +/);
        found.push([name, [directiveName]], [`${name} ${directiveName}`, values]);
      }
    } else if (name === "permissions-policy" || name === "reporting-endpoints") {
      for (const member of value.split(",")) {
        const [memberName = "", values = ""] = member.trim().split(/=(.*)/);
        const bare = values.replace(/^\((.*)\)$/, "$1").replaceAll('"', "");
        found.push([name, [memberName]], [`${name} ${memberName}`, bare.split(" ")]);
      }
    } else found.push([name, [value]]);
  }
  const byPlace = Map.groupBy(found, ([place]) => place);
  return Object.fromEntries(
    [...byPlace].map(([place, all]) => [place, all.flatMap(([, values]) => values)]),
  );
}

/** What the headers must say where `text` was asked for in place of the allowed text. */
function asked(baseline: Sent, slot: Slot, text: string): Parsed {
  const written = slot.written?.(text) ?? text;
  const replaced = (value: string) => (value === slot.allowed ? written : value);
  const headers = new Map([...baseline].map(([name, value]) => [name, replaced(value)]));
  return Object.fromEntries(
    Object.entries(parsed(headers)).map(([place, values]) => [
      place.split(" ").map(replaced).join(" "),
      values.map(replaced),
    ]),
  );
}

function sets(options: object): readonly Sent[] {
  const compiled = compileSecurityHeaders({ preset: "spa", ...options } as SecurityHeadersOptions);
  return [compiled, ...(compiled.pathOverrides ?? [])].map(sent);
}

function acceptedHeaders(options: object): readonly Sent[] | undefined {
  try {
    return sets(options);
  } catch (error) {
    if (error instanceof SecurityHeadersOptionsError) return undefined;
    throw error;
  }
}

const sorted = (headers: Parsed) =>
  Object.fromEntries(
    Object.entries(headers)
      .map(([place, values]) => [place, [...new Set(values)].toSorted()] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );

describe("a text in the options is refused, or is sent as that value and nothing else", () => {
  const slots = { ...ofAHeaderSet, ...ofTheSite, ...inPathOverrides };
  it.each(Object.entries(slots))("%s", (_name, slot) => {
    const baseline = slot.allowed === undefined ? undefined : sets(slot.options(slot.allowed));
    assert(
      property(hostileTexts(slot), (text) => {
        const headers = acceptedHeaders(slot.options(text))?.map((each) => sorted(parsed(each)));
        if (headers === undefined) return;
        expect(headers).toEqual(baseline?.map((each) => sorted(asked(each, slot, text))));
      }),
      propertyRuns(100),
    );
  });
});
