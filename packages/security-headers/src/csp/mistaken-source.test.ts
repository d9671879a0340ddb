import { CspParser } from "csp_evaluator/dist/parser.js";
import { Severity } from "csp_evaluator/dist/finding.js";
import {
  checkInvalidKeyword,
  checkMissingSemicolon,
  checkUnknownDirective,
} from "csp_evaluator/dist/checks/parser_checks.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { parseContentSecurityPolicy } from "./content-security-policy.ts";
import { directiveNames, sourceKeywords } from "./directives.ts";

const sha256 = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

function messageFor(policy: string): string {
  try {
    parseContentSecurityPolicy(policy);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "accepted";
}

describe("a source that does not mean what it looks like is refused with the right spelling", () => {
  it.each([
    ["‘self’", "'self'"],
    ["“self”", "'self'"],
    ['"self"', "'self'"],
    ["'self", "'self'"],
    ["self'", "'self'"],
    ["SELF", "'self'"],
    ["unsafe-inline", "'unsafe-inline'"],
    ["'https://a.example'", "https://a.example"],
    ["'data:'", "data:"],
    ["'*'", "*"],
    ["data", "data:"],
    ["HTTPS", "https:"],
    ["https//a.example", "https://a.example"],
    ["https:/a.example/b", "https://a.example/b"],
    ["https:a.example", "https://a.example"],
    ["wss:/a.example", "wss://a.example"],
    ["//a.example", "https://a.example"],
    ["https://a.example/b?c=d", "https://a.example/b"],
    ["a.example#b", "a.example"],
    ["a.example:", "a.example"],
    ["localhost:", "localhost"],
    [sha256.slice(1, -1), sha256],
    [sha256.toUpperCase().replace(/-.*/, sha256.slice(sha256.indexOf("-"))), sha256],
    ["bücher.example", "xn--bcher-kva.example"],
  ])("%s: %s", (written, meant) => {
    expect(messageFor(`script-src ${written}`)).toContain(`Write "${meant}".`);
    expect(messageFor(`script-src ${meant}`)).toBe("accepted");
  });

  it.each([
    ["selfs", "Did you mean 'self'?"],
    ["unsafe_inline", "Did you mean 'unsafe-inline'?"],
    ["unsafeinline", "Did you mean 'unsafe-inline'?"],
    ["'unsafe_inline'", "Did you mean 'unsafe-inline'?"],
    ["'slef'", "Did you mean 'self'?"],
    ["htps://a.example", "Did you mean https://a.example?"],
    ["htttps:", "Did you mean https:?"],
    ["blobs:", "Did you mean blob:?"],
    ["scrpt-src", '"; script-src …"'],
    ["img_src", "img-src"],
    ["'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk='", "Allowed: 'sha256-…', 'sha384-…', 'sha512-…'."],
    ["'md5-abc'", "Allowed: 'sha256-…', 'sha384-…', 'sha512-…'."],
    ["'sha256-invalid$'", "with all 44 characters of its base64"],
    ["'sha256-'", "with all 44 characters of its base64"],
    ["sha256-asdf", "with all 44 characters of its base64"],
    ["'nonce-invalid$'", "Use the hashes of the scripts instead"],
    ["nonce-test", "Use the hashes of the scripts instead"],
    ["*example.com", "A wildcard stands for the first labels"],
    ["example.*", "A wildcard stands for the first labels"],
    ["a.*.example", "A wildcard stands for the first labels"],
    ["https://*.*.example", "A wildcard stands for the first labels"],
    ["https://a.example:99999", "Ports are those from 1 to 65535"],
    ["https://a.example:port", "Write a host, as in"],
    ["a_b.example", "Give the host a name of letters, digits and hyphens."],
    ["http://[::1]:8080", "Write the name of the host, as in localhost."],
    ["https://", "Write a host, as in"],
    [".example.com", "Write a host, as in"],
    ["a..example", "Write a host, as in"],
  ])("%s: %s", (written, remedy) => {
    expect(messageFor(`script-src ${written}`)).toContain(remedy);
  });

  it.each([
    "*",
    "*.example.com",
    "https://*.example.com:*",
    "example.com:443",
    "example.com:8443/path/file.js",
    "localhost",
    "localhost:5173",
    "ws://localhost:*",
    "intranet",
    "cdn",
    "capacitor://localhost",
    "tauri:",
    "chrome-extension://abcdefghijklmnop",
    "https://example.com/%3Bpath",
    "127.0.0.1:8080",
    "xn--bcher-kva.example",
    "my-self.example",
    "data.example",
  ])("%s means what it looks like", (source) => {
    expect(messageFor(`img-src ${source}`)).toBe("accepted");
  });
});

describe("a directive that is no directive is refused with the right spelling", () => {
  it.each([
    ["default-src: 'self'", `Write "default-src", a space, and its values.`],
    ["default-src='self'", `Write "default-src", a space, and its values.`],
    ["default_src 'self'", `Write "default-src", a space, and its values.`],
    ["defaultSrc 'self'", "Did you mean default-src?"],
    ["scripts-src 'self'", "Did you mean script-src?"],
    ["Content-Security-Policy: default-src 'self'", "Leave out the name of the header"],
    ["plugin-types application/pdf", `Write "object-src 'none'" in its place.`],
    ["reflected-xss block", "no browser filters any more"],
    ["referrer origin", "Set the option referrerPolicy in its place."],
    ["require-trusted-types-for", `Write it with one, as in "'script'".`],
    ["require-trusted-types-for script", `Write "'script'".`],
    ["require-trusted-types-for 'scripts'", "Did you mean 'script'?"],
    ["report-uri", "has no value, so browsers ignore it"],
    ["default-src 'NONE' https:", "has 'none' beside another source"],
    ["script-src 'Strict-Dynamic'", "has 'strict-dynamic' without a hash"],
    ["default-src 'self' script-src 'self'", `Begin a directive of its own: "; script-src …"`],
    ["default-src 'self' upgrade-insecure-requests", "Begin a directive of its own"],
    ["script-src 'self'\u00A0https:", "has a value that cannot stand in a policy"],
  ])("%s: %s", (policy, remedy) => {
    expect(messageFor(policy)).toContain(remedy);
  });
});

/** Younger than csp_evaluator. */
const young =
  /^(?:'(?:report-sha\d+|trusted-types-eval|inline-speculation-rules)'|fenced-frame-src)$/;

/** What csp_evaluator calls a mistake of syntax in a policy. */
function syntaxFindings(policy: string) {
  const { csp } = new CspParser(policy);
  return [checkUnknownDirective, checkMissingSemicolon, checkInvalidKeyword]
    .flatMap((check) => check(csp))
    .filter(({ severity }) => severity === Severity.SYNTAX)
    .filter(({ directive, value = directive }) => !young.test(value));
}

describe("csp_evaluator", () => {
  const words = [
    ...sourceKeywords,
    ...sourceKeywords.map((keyword) => keyword.slice(1, -1)),
    ...directiveNames,
    "foo.bar",
    "https:",
    "http://a.example",
    "'foo-bar'",
    "nonce-test",
    "'nonce-invalid$'",
    "sha256-asdf",
    "'sha256-invalid$'",
    sha256,
    "foobar-src",
    "data:",
    "'none",
  ];
  // Names of endpoints and of Trusted Types' policies are anybody's.
  const names = directiveNames.filter((each) => !/^(?:report-to|trusted-types)$/.test(each));
  const name = fc.constantFrom(...names, "foobar-src", "scriptsrc");
  const directive = fc
    .tuple(name, fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }))
    .map(([first, values]) => [first, ...values].join(" "));

  it("finds no mistake of syntax in a policy that passes", () => {
    fc.assert(
      fc.property(fc.array(directive, { minLength: 1, maxLength: 3 }), (directives) => {
        const policy = directives.join("; ");
        return messageFor(policy) !== "accepted" || syntaxFindings(policy).length === 0;
      }),
      propertyRuns(8000),
    );
  });
});
