import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, parseContentSecurityPolicy } from "./content-security-policy.ts";
import { SecurityHeadersOptionsError } from "../security-headers-options-error.ts";

const base = new Map([
  ["default-src", ["'none'"]],
  ["img-src", ["'self'"]],
]);

describe("contentSecurityPolicy", () => {
  it("lays directives over the defaults, in kebab-case and camelCase", () => {
    const directives = {
      imgSrc: ["'self'", "data:"],
      "connect-src": "'self' https://api.example.com",
    };
    expect(contentSecurityPolicy({ directives }, base)).toBe(
      "default-src 'none';img-src 'self' data:;connect-src 'self' https://api.example.com",
    );
  });

  it.each([
    [{ directives: { imgSrc: null } }, "default-src 'none'"],
    [
      { directives: { upgradeInsecureRequests: true } },
      "default-src 'none';img-src 'self';upgrade-insecure-requests",
    ],
    [{ directives: { upgradeInsecureRequests: false } }, "default-src 'none';img-src 'self'"],
    [{ directives: { sandbox: true } }, "default-src 'none';img-src 'self';sandbox"],
    [{ useDefaults: false, directives: { defaultSrc: ["'self'"] } }, "default-src 'self'"],
    [{ dangerouslyDisableDefaultSrc: true }, "img-src 'self'"],
  ])("%j is %s", (options, expected) => {
    expect(contentSecurityPolicy(options, base)).toBe(expected);
  });

  it.each([
    "https://*.example.com:*",
    "http://127.0.0.1:8080",
    "example.com/path/",
    "*",
    "wss://example.com",
    "data:",
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "'wasm-unsafe-eval'",
  ])("the source %s passes", (source) => {
    expect(contentSecurityPolicy({ directives: { scriptSrc: [source] } }, base)).toContain(source);
  });

  it.each([
    [
      { imgSrc: ["self"] },
      `contentSecurityPolicy.directives["imgSrc"] has a keyword without its single quotes, which browsers read as a host: got "self". Write "'self'".`,
    ],
    [
      { imgSrc: ["'none'", "data:"] },
      `contentSecurityPolicy.directives["imgSrc"] has 'none' beside another source, so browsers ignore the 'none': got "'none' data:". Leave out the 'none' or the others.`,
    ],
    [
      { imgSrc: ["'selv'"] },
      `contentSecurityPolicy.directives["imgSrc"] has a keyword that browsers do not know: got "'selv'". Did you mean 'self'?`,
    ],
    [
      { scriptSrc: ["'nonce-abcdefgh'"] },
      `contentSecurityPolicy.directives["scriptSrc"] has a nonce, which would be the same on every response and so protect nothing: got "'nonce-abcdefgh'". Use the hashes of the scripts instead: the option site finds them.`,
    ],
    [
      { scriptSrc: ["'self'", "'strict-dynamic'"] },
      `contentSecurityPolicy.directives["scriptSrc"] has 'strict-dynamic' without a hash, which blocks every script: got "'self' 'strict-dynamic'". Add the hashes of the page's scripts (the option site finds them), or leave it out.`,
    ],
    [
      { imgSrc: ["https//example.com?"] },
      `contentSecurityPolicy.directives["imgSrc"] has a source that browsers cannot read: got "https//example.com?". Write "https://example.com".`,
    ],
    [
      { imgSrc: ["a; script-src *"] },
      `contentSecurityPolicy.directives["imgSrc"] has a value that cannot stand in a policy: got "a; script-src *". Give each source by itself, in printable ASCII without spaces, commas and semicolons.`,
    ],
    [
      { scriptSrc: ["data"] },
      `contentSecurityPolicy.directives["scriptSrc"] has a scheme without its colon, which browsers read as a host: got "data". Write "data:".`,
    ],
    [
      { requireTrustedTypesFor: ["script"] },
      `contentSecurityPolicy.directives["requireTrustedTypesFor"] has a keyword without its single quotes: got "script". Write "'script'".`,
    ],
    [
      { trustedTypes: ["a", "none"] },
      `contentSecurityPolicy.directives["trustedTypes"] has a keyword without its single quotes: got "none". Write "'none'".`,
    ],
    [
      { reportTo: ["a", "b"] },
      `contentSecurityPolicy.directives["reportTo"] does not name one endpoint: got "a b". Give one name of reportingEndpoints.`,
    ],
    [
      { reportUri: ["http://r.example"] },
      `contentSecurityPolicy.directives["reportUri"] is not an address for reports: got "http://r.example". Give an https:// address, or a path of this site.`,
    ],
    [
      { imgSrc: "a\u00A0b" },
      `contentSecurityPolicy.directives["imgSrc"] has a value that cannot stand in a policy: got "a\u00A0b". Give each source by itself, in printable ASCII without spaces, commas and semicolons.`,
    ],
    [
      { imgSrc: 1 },
      `contentSecurityPolicy.directives["imgSrc"] is not a list of sources: got 1. Give texts, as in ["'self'"], or null to take the directive out.`,
    ],
    [
      { imgSrcs: [] },
      `contentSecurityPolicy has a directive that browsers do not know: got "imgSrcs". Did you mean img-src?`,
    ],
    [
      { frameAncestors: ["'unsafe-inline'"] },
      `contentSecurityPolicy.directives["frameAncestors"] has a keyword that browsers do not know: got "'unsafe-inline'". Allowed: 'self', 'none'.`,
    ],
    [
      { upgradeInsecureRequests: ["1"] },
      `contentSecurityPolicy.directives["upgradeInsecureRequests"] takes no value: got "1". Leave the value out.`,
    ],
    [
      { sandbox: ["allow-script"] },
      `contentSecurityPolicy.directives["sandbox"] has a token that browsers do not know: got "allow-script". Did you mean allow-scripts?`,
    ],
    [
      { imgSrc: [], "img-src": [] },
      `contentSecurityPolicy has the directive img-src twice, and browsers read only the first. Keep one.`,
    ],
    [
      { defaultSrc: null },
      `contentSecurityPolicy has no default-src, so it allows whatever it does not name: got {"defaultSrc":null}. Add "default-src": ["'none'"], or say dangerouslyDisableDefaultSrc.`,
    ],
  ])("refuses %j", (directives, message) => {
    expect(() => contentSecurityPolicy({ directives } as object, base)).toThrow(
      new SecurityHeadersOptionsError("INVALID_VALUE", message).message,
    );
  });

  it("refuses a policy without directives and an option that is none", () => {
    expect(() => contentSecurityPolicy({})).toThrow(
      "contentSecurityPolicy has no directives: got {}.",
    );
    expect(() => contentSecurityPolicy({ directive: {} } as object)).toThrow(
      "contentSecurityPolicy.directive is not an option: got {}. Did you mean directives?",
    );
    expect(() => contentSecurityPolicy("x" as unknown as object)).toThrow(
      'contentSecurityPolicy is not an object: got "x". Give a text, false, or an object with directives.',
    );
  });
});

const digits = "A".repeat(43);

describe("a malformed hash", () => {
  it.each([
    [`sha256-${digits}=`, `'sha256-${digits}='`],
    [`'sha256-${digits}'`, `'sha256-${digits}='`],
    [`'sha-256-${digits}='`, `'sha256-${digits}='`],
    [`'SHA256-${digits}='`, `'sha256-${digits}='`],
    [`'sha256=${digits}='`, `'sha256-${digits}='`],
    [`'sha512-${digits}${digits}'`, `'sha512-${digits}${digits}=='`],
  ])("%s is refused, and its remedy %s is taken", (written, meant) => {
    const policy = (source: string) =>
      contentSecurityPolicy({ directives: { scriptSrc: [source] } }, base);
    expect(() => policy(written)).toThrow(
      `has a hash that browsers cannot read: got ${JSON.stringify(written)}. Write "${meant}".`,
    );
    expect(policy(meant)).toContain(meant);
  });

  it("of another length is refused with the length", () => {
    expect(() => parseContentSecurityPolicy("script-src 'sha384-AAAA'")).toThrow(
      "Write 'sha384-…' with all 64 characters of its base64; the option site finds the hashes of a site.",
    );
  });
});

describe("parseContentSecurityPolicy", () => {
  it("reads what contentSecurityPolicy writes", () => {
    const text = contentSecurityPolicy({ directives: { sandbox: true } }, base);
    expect(parseContentSecurityPolicy(text)).toEqual(new Map([...base, ["sandbox", []]]));
  });

  it.each([
    [
      "default-src self",
      `contentSecurityPolicy directive default-src has a keyword without its single quotes, which browsers read as a host: got "self". Write "'self'".`,
    ],
    [
      "default-src 'self' script-src 'self'",
      `contentSecurityPolicy directive default-src has the name of a directive among its sources, which browsers read as a host: got "script-src". Begin a directive of its own: "; script-src …" in a text, or a key of directives.`,
    ],
    [
      "default-src 'none'; scrip-src *",
      `contentSecurityPolicy has a directive that browsers do not know: got "scrip-src". Did you mean script-src?`,
    ],
    [
      "img-src *; IMG-SRC *",
      "contentSecurityPolicy has the directive img-src twice, and browsers read only the first. Keep one.",
    ],
    [
      "img-src *, script-src *",
      `contentSecurityPolicy has a comma, which begins a second policy: got "img-src *, script-src *". Separate directives with semicolons, and values with spaces.`,
    ],
  ])("refuses %j", (text, message) => {
    expect(() => parseContentSecurityPolicy(text)).toThrow(message);
  });
});
