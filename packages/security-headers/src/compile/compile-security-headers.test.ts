import { describe, expect, it } from "vitest";
import { compileSecurityHeaders } from "./compile-security-headers.ts";
import type { SecurityHeadersOptions } from "../options.ts";
import { SecurityHeadersOptionsError } from "../security-headers-options-error.ts";

/** The compiled headers as they appear on the wire. */
function headerLines(options?: SecurityHeadersOptions): string[] {
  const { headers } = compileSecurityHeaders(options);
  return Object.values(headers).flatMap((lines) =>
    lines.map(({ key, value }) => `${key}: ${value}`),
  );
}

const defaultLines = [
  "Strict-Transport-Security: max-age=63072000; includeSubDomains; preload",
  "Content-Security-Policy: default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'",
  "X-Content-Type-Options: nosniff",
  "X-Frame-Options: DENY",
  "X-XSS-Protection: 1; mode=block",
  "Referrer-Policy: same-origin",
  "Server: Erlang on Eels",
];

describe("compileSecurityHeaders", () => {
  it("yields the seven headers without options", () => {
    expect(headerLines()).toEqual(defaultLines);
    expect(headerLines({})).toEqual(defaultLines);
  });

  it.each([
    ["strictTransportSecurity", "Strict-Transport-Security", "max-age=1"],
    ["contentSecurityPolicy", "Content-Security-Policy", "frame-ancestors 'none'"],
    ["xContentTypeOptions", "X-Content-Type-Options", "nosniff"],
    ["xFrameOptions", "X-Frame-Options", "SAMEORIGIN"],
    ["xXssProtection", "X-XSS-Protection", "0"],
    ["referrerPolicy", "Referrer-Policy", "no-referrer, same-origin"],
    ["server", "Server", "changed; by=option"],
  ])("%s sets %s, and false switches it off", (option, key, value) => {
    const others = defaultLines.filter((line) => !line.startsWith(`${key}: `));
    expect(others).toHaveLength(6);
    expect(headerLines({ [option]: value }).toSorted()).toEqual(
      [...others, `${key}: ${value}`].toSorted(),
    );
    expect(headerLines({ [option]: false })).toEqual(others);
  });

  it("adds further headers after the seven, written as they are given", () => {
    const headers = {
      "Permissions-Policy": "camera=(), geolocation=()",
      "x-robots-tag": "noindex",
      constructor: "legal",
    };
    expect(headerLines({ headers })).toEqual([
      ...defaultLines,
      "Permissions-Policy: camera=(), geolocation=()",
      "x-robots-tag: noindex",
      "constructor: legal",
    ]);
  });

  it("yields plain JSON, keyed by lower-case name", () => {
    const compiled = compileSecurityHeaders({ headers: { "X-Robots-Tag": "noindex" } });
    expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled);
    for (const name of Object.keys(compiled.headers)) expect(name).toBe(name.toLowerCase());
  });
});

const allowed = [
  "strictTransportSecurity, contentSecurityPolicy, xContentTypeOptions, xFrameOptions",
  "xXssProtection, referrerPolicy, server, contentSecurityPolicyReportOnly, reportingEndpoints",
  "permissionsPolicy, crossOriginOpenerPolicy, crossOriginEmbedderPolicy",
  "crossOriginResourcePolicy, originAgentCluster, xPermittedCrossDomainPolicies",
  "xDnsPrefetchControl, trustedTypes, headers, documentOnly, keepIfPresent, removeHeaders, site",
  "preset, origins, inlineStyles, documentContentTypes, pathOverrides, eventType",
].join(", ");

describe("compileSecurityHeaders refuses", () => {
  it.each([
    {
      options: null,
      code: "INVALID_TYPE",
      message: `The options are not an object: got null. Allowed: ${allowed}.`,
    },
    {
      options: { frameOptions: "DENY" },
      code: "UNKNOWN_OPTION",
      message: 'frameOptions is not an option: got "DENY". Did you mean xFrameOptions?',
    },
    {
      options: { refererPolicy: "no-referrer" },
      code: "UNKNOWN_OPTION",
      message: 'refererPolicy is not an option: got "no-referrer". Did you mean referrerPolicy?',
    },
    {
      options: { hsts: "max-age=1" },
      code: "UNKNOWN_OPTION",
      message: `hsts is not an option: got "max-age=1". Allowed: ${allowed}.`,
    },
    {
      options: { server: true },
      code: "INVALID_TYPE",
      message:
        "server is not the value of a header: got true. Give a string, or false to switch a default off.",
    },
    {
      options: { server: null },
      code: "INVALID_TYPE",
      message:
        "server is not the value of a header: got null. Give a string, or false to switch a default off.",
    },
    {
      options: { headers: "X-A: b" },
      code: "INVALID_TYPE",
      message:
        'headers is not an object: got "X-A: b". Give names and values, as in {"X-Robots-Tag": "noindex"}.',
    },
    {
      options: { headers: { "X-A": false } },
      code: "INVALID_TYPE",
      message:
        'headers["X-A"] is not the value of a header: got false. Give a string, or false to switch a default off.',
    },
    {
      options: { headers: { "X A": "b" } },
      code: "INVALID_NAME",
      message: 'headers["X A"] is not the name of a header. Allowed: letters, digits, "-" and "_".',
    },
    {
      options: { headers: { "content-security-policy": "default-src *" } },
      code: "INVALID_NAME",
      message:
        'headers["content-security-policy"] has an option of its own: got "default-src *". Set contentSecurityPolicy instead.',
    },
    {
      options: { headers: { "X-A": "1", "x-a": "2" } },
      code: "INVALID_NAME",
      message:
        'headers["x-a"] is given twice: got "2". Header names are not case-sensitive: keep one.',
    },
  ])("$options", ({ options, code, message }) => {
    const compile = () => compileSecurityHeaders(options as unknown as SecurityHeadersOptions);
    expect(compile).toThrow(SecurityHeadersOptionsError);
    expect(compile).toThrow(expect.objectContaining({ code, message }));
  });

  it.each([
    "",
    " ",
    "a ",
    " a",
    "a\r\nX-Evil: 1",
    "a\nb",
    "a\tb",
    "a\0",
    "a\u007F",
    "caf\u00E9",
    "\u{1F600}",
  ])("the value %j", (value) => {
    const message = `cannot be sent: got ${JSON.stringify(value)}. Allowed: printable ASCII on one line, not empty, no space around it.`;
    expect(() => compileSecurityHeaders({ server: value })).toThrow(
      expect.objectContaining({ code: "INVALID_VALUE", message: `server ${message}` }),
    );
    expect(() => compileSecurityHeaders({ headers: { "X-A": value } })).toThrow(
      expect.objectContaining({ code: "INVALID_VALUE", message: `headers["X-A"] ${message}` }),
    );
  });

  it.each(["Via", "warning", "Content-Length", "Content-Encoding", "Transfer-Encoding"])(
    "LE-C-07: the read-only header %s",
    (name) => {
      expect(() => compileSecurityHeaders({ headers: { [name]: "1" } })).toThrow(
        expect.objectContaining({
          code: "FORBIDDEN_HEADER",
          message: `headers[${JSON.stringify(name)}] is read-only in viewer-response functions. CloudFront would respond to every request with 502: leave it out.`,
        }),
      );
    },
  );

  it.each(
    [
      ["Connection", "Keep-Alive", "Expect", "Trailer", "Upgrade", "Proxy-Connection"],
      ["X-Cache", "X-Amz-Cf-Id", "X-Amz-Cf-Anything", "X-Edge-Anything", "X-Real-IP"],
      ["X-Amzn-RequestId", "X-Accel-Redirect", "Client-Cert", "CloudFront-Viewer-Cert-PEM"],
    ].flat(),
  )("LE-C-01 to LE-C-03: the disallowed header %s", (name) => {
    expect(() => compileSecurityHeaders({ headers: { [name]: "1" } })).toThrow(
      expect.objectContaining({
        code: "FORBIDDEN_HEADER",
        message: `headers[${JSON.stringify(name)}] is a header that no edge function may set. CloudFront would respond to every request with 502: leave it out.`,
      }),
    );
  });

  it("LE-C-02: no other header of the X-Amzn family", () => {
    expect(headerLines({ headers: { "X-Amzn-Trace-Id": "Root=1" } })).toContain(
      "X-Amzn-Trace-Id: Root=1",
    );
  });
});
