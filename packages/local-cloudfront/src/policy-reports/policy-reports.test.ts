import { describe, expect, it } from "vitest";
import { policyRemedy } from "./policy-remedy.ts";
import { readReports } from "./read-reports.ts";
import { reportPath, withReportEndpoint } from "./report-endpoint.ts";

/** The policy that goes out for one that the distribution has set. */
function served(value: string, name = "Content-Security-Policy"): string | undefined {
  const headers = { [name.toLowerCase()]: [{ key: name, value }] };
  const response = { status: 200, statusDescription: "OK", headers, body: new Uint8Array() };
  return withReportEndpoint(response).headers[name.toLowerCase()]?.[0]?.value;
}

describe("the policies that go out", () => {
  it.each([
    ["default-src 'self'", `default-src 'self'; report-uri ${reportPath}`],
    ["default-src 'self';", `default-src 'self'; report-uri ${reportPath}`],
    [
      "img-src *; report-uri https://r.example/a /b",
      `img-src *; report-uri https://r.example/a /b ${reportPath}`,
    ],
    ["img-src *; report-to main", `img-src *; report-uri ${reportPath}`],
    [
      "img-src *, font-src *",
      `img-src *; report-uri ${reportPath},font-src *; report-uri ${reportPath}`,
    ],
    ["", ""],
  ])("%s becomes %s", (policy, expected) => {
    expect(served(policy)).toBe(expected);
    expect(served(policy, "Content-Security-Policy-Report-Only")).toBe(expected);
  });

  it("are left out of responses that have none", () => {
    const response = { status: 200, statusDescription: "OK", headers: {}, body: new Uint8Array() };
    expect(withReportEndpoint(response)).toBe(response);
  });
});

describe("reports", () => {
  const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

  it("are read in both forms", () => {
    const report = {
      documentUrl: "http://127.0.0.1/",
      directive: "connect-src",
      blocked: "https://a.example",
      sourceFile: "http://127.0.0.1/a.js",
      line: 3,
      isEnforced: true,
      policy: "connect-src 'self'",
    };
    const old = {
      "document-uri": report.documentUrl,
      "violated-directive": "connect-src 'self'",
      "blocked-uri": report.blocked,
      "source-file": report.sourceFile,
      "line-number": 3,
      disposition: "enforce",
      "original-policy": report.policy,
    };
    const young = {
      documentURL: report.documentUrl,
      effectiveDirective: "connect-src",
      blockedURL: report.blocked,
      sourceFile: report.sourceFile,
      lineNumber: 3,
      disposition: "enforce",
      originalPolicy: report.policy,
    };
    expect(readReports(bytes({ "csp-report": old }))).toEqual([report]);
    expect(readReports(bytes([{ type: "csp-violation", body: young }]))).toEqual([report]);
  });

  it.each([
    { "blocked-uri": "chrome-extension://abc/a.js" },
    { "blocked-uri": "https://a.example/", "source-file": "moz-extension://abc/a.js" },
    { "blocked-uri": "safari-web-extension" },
  ])("of extensions are none: %j", (report) => {
    const rest = { "document-uri": "http://127.0.0.1/", "effective-directive": "script-src" };
    expect(readReports(bytes({ "csp-report": { ...rest, ...report } }))).toEqual([]);
  });

  it.each([null, [], {}, [1], { "csp-report": 1 }, { "csp-report": { "document-uri": 1 } }])(
    "are none in %j",
    (value) => {
      expect(readReports(bytes(value))).toEqual([]);
    },
  );

  it("are none in what is no JSON", () => {
    expect(readReports(Buffer.from("{"))).toEqual([]);
  });
});

describe("the remedy", () => {
  const documentUrl = "http://127.0.0.1:8787/notes/1";
  const remedyFor = (directive: string, blocked: string, policy = "", remedies = {}) =>
    policyRemedy({ directive, blocked, documentUrl, policy }, remedies);
  const strict = `script-src 'sha256-${"A".repeat(43)}=' 'strict-dynamic'`;

  it.each([
    ["connect-src", "https://a.example/b", "", "https://a.example in connect-src of the policy"],
    ["connect-src", "http://127.0.0.1:8787/a", "", "'self' in connect-src of the policy"],
    ["connect-src", "ws://127.0.0.1:8787/a", "", "'self' in connect-src of the policy"],
    ["frame-src", "self", "", "'self' in frame-src of the policy"],
    ["img-src", "data", "", "data: in img-src of the policy"],
    ["style-src-elem", "https://a.example/b", "", "https://a.example in style-src of the policy"],
    [
      "script-src-elem",
      "inline",
      "script-src 'self'",
      /^the hash of the inline code in the policy/,
    ],
    ["script-src-elem", "inline", strict, /^the code in the page as it is built/],
    ["script-src-elem", "https://a.example/a.js", strict, /^an integrity attribute on the tag/],
    ["script-src-elem", "http://127.0.0.1:8787/a.js", strict, /^an integrity attribute on the tag/],
    ["require-trusted-types-for", "trusted-types-sink", "", /^a value that a policy of Trusted/],
    ["sandbox", "something", "", "what sandbox of the policy needs for something"],
  ])(
    "of %s for %s under %j without the app's own words",
    (directive, blocked, policy, expected) => {
      expect(remedyFor(directive, blocked, policy)).toMatch(expected);
    },
  );

  it("is in the words of the app where it names some", () => {
    const remedies = { "connect-src source": 'allow("{source}")', self: "preset for {directive}" };
    expect(remedyFor("connect-src", "https://a.example/b", "", remedies)).toBe(
      'allow("https://a.example")',
    );
    expect(remedyFor("font-src", "http://127.0.0.1:8787/a", "", remedies)).toBe(
      "preset for font-src",
    );
  });
});
