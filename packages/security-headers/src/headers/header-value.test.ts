import { describe, expect, it } from "vitest";
import { compileSecurityHeaders } from "../compile/compile-security-headers.ts";
import type { SecurityHeadersOptions } from "../options.ts";
import { permissionsPolicyFeatures } from "./permissions-policy.ts";
import { plainSecurityHeaders } from "../decide-security-headers.ts";

function headers(options: object): Readonly<Record<string, string>> {
  return plainSecurityHeaders(compileSecurityHeaders(options as SecurityHeadersOptions));
}

describe("an option in parts is written as its header", () => {
  it.each([
    [
      { strictTransportSecurity: {} },
      "Strict-Transport-Security",
      "max-age=63072000; includeSubDomains",
    ],
    [
      { strictTransportSecurity: { maxAgeSeconds: 0, includeSubDomains: false } },
      "Strict-Transport-Security",
      "max-age=0",
    ],
    [
      { strictTransportSecurity: { preload: true } },
      "Strict-Transport-Security",
      "max-age=63072000; includeSubDomains; preload",
    ],
    [
      {
        permissionsPolicy: {
          camera: "none",
          displayCapture: ["self", "https://a.example"],
          fullscreen: "*",
        },
      },
      "Permissions-Policy",
      'camera=(), display-capture=(self "https://a.example"), fullscreen=*',
    ],
    [
      { referrerPolicy: ["no-referrer", "same-origin"] },
      "Referrer-Policy",
      "no-referrer,same-origin",
    ],
    [
      { reportingEndpoints: { csp: "https://r.example/csp" } },
      "Reporting-Endpoints",
      'csp="https://r.example/csp"',
    ],
    [{ originAgentCluster: true }, "Origin-Agent-Cluster", "?1"],
    [{ xFrameOptions: "same-origin" }, "X-Frame-Options", "SAMEORIGIN"],
    [
      { crossOriginOpenerPolicy: 'same-origin; report-to="coop"' },
      "Cross-Origin-Opener-Policy",
      'same-origin; report-to="coop"',
    ],
    [{ xDnsPrefetchControl: "off" }, "X-DNS-Prefetch-Control", "off"],
  ])("%j", (options, name, text) => {
    expect(headers(options)[name]).toBe(text);
  });

  it("the features of permissionsPolicy are laid over those of the preset", () => {
    const own = headers({ preset: "spa", permissionsPolicy: { geolocation: "self", usb: "none" } });
    const text = own["Permissions-Policy"] ?? "";
    expect(text).toContain("geolocation=(self)");
    expect(text).toContain("camera=()");
    expect(text.match(/geolocation|usb/g)).toHaveLength(2);
  });

  it("OWASP's recommended text passes", () => {
    const permissionsPolicy =
      "accelerometer=(), autoplay=(), camera=(), cross-origin-isolated=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), keyboard-map=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), sync-xhr=(self), usb=(), web-share=(), xr-spatial-tracking=(), clipboard-read=(), clipboard-write=(), gamepad=(), hid=(), idle-detection=(), interest-cohort=(), serial=(), unload=()";
    expect(headers({ permissionsPolicy })["Permissions-Policy"]).toBe(permissionsPolicy);
  });

  it("every feature that browsers know can be written", () => {
    const all = Object.fromEntries(permissionsPolicyFeatures.map((feature) => [feature, "none"]));
    expect(headers({ permissionsPolicy: all })["Permissions-Policy"]?.split(", ")).toHaveLength(
      permissionsPolicyFeatures.length,
    );
  });
});

describe("refuses", () => {
  it.each([
    [
      { strictTransportSecurity: "max-age=1; includeSubdomain" },
      `strictTransportSecurity has a directive that browsers do not know: got "includeSubdomain". Did you mean includeSubDomains?`,
    ],
    [
      { strictTransportSecurity: "includeSubDomains" },
      `strictTransportSecurity has no max-age, without which browsers ignore it: got "includeSubDomains". Begin with a time in seconds, as in "max-age=63072000".`,
    ],
    [
      { strictTransportSecurity: "max-age=1; max-age=2" },
      `strictTransportSecurity has max-age twice: got "max-age=1; max-age=2". Keep one.`,
    ],
    [
      { strictTransportSecurity: "max-age=1; includeSubDomains; preload" },
      `strictTransportSecurity asks for preload, which browsers' lists refuse without a year and subdomains: got "max-age=1; includeSubDomains; preload". Give max-age 31536000 or more and includeSubDomains, or leave preload out.`,
    ],
    [
      { strictTransportSecurity: { includeSubdomains: true } },
      "strictTransportSecurity.includeSubdomains is not an option: got true. Did you mean includeSubDomains?",
    ],
    [
      { strictTransportSecurity: { maxAge: 1 } },
      "strictTransportSecurity.maxAge is not an option: got 1. Did you mean maxAgeSeconds?",
    ],
    [
      { strictTransportSecurity: { maxAgeSeconds: 1.5 } },
      "strictTransportSecurity.maxAgeSeconds is not a time: got 1.5. Give a whole number of seconds, 0 or more.",
    ],
    [
      { strictTransportSecurity: { preload: "yes" } },
      `strictTransportSecurity.preload is not valid: got "yes". Allowed: true, false.`,
    ],
    [
      { strictTransportSecurity: [] },
      "strictTransportSecurity is not an object: got []. Give a text, false, or an object with maxAgeSeconds, includeSubDomains, preload.",
    ],
    [
      { permissionsPolicy: { cameras: "none" } },
      `permissionsPolicy has a feature that browsers do not know: got "cameras". Did you mean camera?`,
    ],
    [
      { permissionsPolicy: { camera: "nobody" } },
      `permissionsPolicy["camera"] does not say who: got "nobody". Allowed: "none", "self", "*", or a list as in ["self", "https://example.com"].`,
    ],
    [
      { permissionsPolicy: { camera: "none", Camera: "none" } },
      `permissionsPolicy has a feature that browsers do not know: got "Camera". Did you mean camera?`,
    ],
    [
      { permissionsPolicy: { displayCapture: "none", "display-capture": "none" } },
      "permissionsPolicy has the feature display-capture twice. Keep one.",
    ],
    [
      { permissionsPolicy: {} },
      "permissionsPolicy has no features: got {}. Give some, or false for no header.",
    ],
    [
      { permissionsPolicy: [] },
      `permissionsPolicy is not a permissions policy: got []. Give a text, false, or features, as in {"camera": "none"}.`,
    ],
    [
      { permissionsPolicy: "document-domain=()" },
      `permissionsPolicy has a feature that browsers do not know: got "document-domain".`,
    ],
    [
      { permissionsPolicy: "camera 'none'" },
      `permissionsPolicy has a member that browsers cannot read: got "camera 'none'". Write feature=(), feature=(self) or feature=*.`,
    ],
    [
      { permissionsPolicy: "camera=none" },
      `permissionsPolicy has a list that browsers cannot read: got "camera=none". Write (), (self), (self "https://example.com") or *.`,
    ],
    [
      { referrerPolicy: "sameorigin" },
      `referrerPolicy has a policy that browsers do not know: got "sameorigin". Did you mean "same-origin"?`,
    ],
    [
      { referrerPolicy: ["origin", "origin"] },
      `referrerPolicy has origin twice: got ["origin","origin"]. Keep one.`,
    ],
    [
      { referrerPolicy: [] },
      "referrerPolicy has no policy: got []. Give one, or false for no header.",
    ],
    [
      { xFrameOptions: "ALLOW-FROM https://a.example" },
      `xFrameOptions has ALLOW-FROM, which browsers no longer read: got "ALLOW-FROM https://a.example". Name the origins in the directive frame-ancestors of contentSecurityPolicy.`,
    ],
    [
      { xFrameOptions: "DENNY" },
      `xFrameOptions is not a value that browsers know: got "DENNY". Did you mean "DENY"?`,
    ],
    [
      { xXssProtection: "block" },
      `xXssProtection is not a value that browsers know: got "block". Allowed: "0", "1", "1; mode=block".`,
    ],
    [
      { xContentTypeOptions: "nosnif" },
      `xContentTypeOptions is not a value that browsers know: got "nosnif". Did you mean "nosniff"?`,
    ],
    [
      { crossOriginOpenerPolicy: "same-site" },
      "crossOriginOpenerPolicy is not a value that browsers know",
    ],
    [
      { crossOriginResourcePolicy: 'same-site; report-to="a"' },
      "crossOriginResourcePolicy is not a value that browsers know",
    ],
    [
      { originAgentCluster: "?1", preset: "nosuch" },
      `preset is not valid: got "nosuch". Allowed: "original", "spa", "static", "spa-popups", "isolated", "api".`,
    ],
    [
      { reportingEndpoints: { CSP: "https://r.example" } },
      `reportingEndpoints["CSP"] is not a name: got "CSP". Allowed: lower-case letters, digits, - _ . *`,
    ],
    [
      { reportingEndpoints: { csp: "http://r.example" } },
      `reportingEndpoints["csp"] is not an address for reports: got "http://r.example". Give an https:// address, or a path of this site.`,
    ],
    [
      { reportingEndpoints: {} },
      "reportingEndpoints has no endpoint: got {}. Give one, or false for no header.",
    ],
    [
      { reportingEndpoints: 1 },
      `reportingEndpoints is not a list of endpoints: got 1. Give names and addresses, as in {"csp": "https://reports.example.com/csp"}.`,
    ],
    [
      { documentOnly: ["X-Frame-Option"] },
      `documentOnly[0] is not a header that is set: got "x-frame-option". Allowed: Strict-Transport-Security,`,
    ],
    [
      { keepIfPresent: "Server" },
      `keepIfPresent is not a list of header names: got "Server". Give texts, as in ["Server"].`,
    ],
    [{ removeHeaders: ["Via"] }, "removeHeaders[0] is read-only in viewer-response functions."],
    [
      { documentContentTypes: [] },
      `documentContentTypes is not a list of content types: got []. Give types without parameters, as in ["text/html"].`,
    ],
    [
      { eventType: "viewer-request" },
      `eventType is not valid: got "viewer-request". Allowed: "viewer-response", "origin-response".`,
    ],
    [{ inlineStyles: "none" }, `inlineStyles is not valid: got "none". Allowed: "allow", "hash".`],
    [{ origins: { api: [] } }, `origins.api is not an option: got []. Allowed: connect, font,`],
    [
      { origins: { image: "https://a.example" } },
      `origins.image is not a list: got "https://a.example". Give origins, as in ["https://api.example.com"].`,
    ],
    [
      { origins: { image: ["self"] } },
      `origins.image has a keyword without its single quotes, which browsers read as a host: got "self". Write "'self'".`,
    ],
    [
      { origins: { connect: ["https://a.example; script-src-elem * 'unsafe-inline'"] } },
      `origins.connect has a value that cannot stand in a policy: got "https://a.example; script-src-elem * 'unsafe-inline'". Give each source by itself, in printable ASCII without spaces, commas and semicolons.`,
    ],
    [
      { origins: { connect: ["https://münchen.example/a"] } },
      `origins.connect has a value that cannot stand in a policy: got "https://münchen.example/a". Write "https://xn--mnchen-3ya.example/a".`,
    ],
    [
      { origins: { script: ["'unsafe-eval'"] } },
      `origins.script takes origins alone: got "'unsafe-eval'". Set the whole list in contentSecurityPolicy: {"directives": {"script-src": […]}}.`,
    ],
    [
      { origins: null },
      `origins is not an object: got null. Give lists by kind, as in {"connect": ["https://api.example.com"]}.`,
    ],
    [
      { trustedTypes: { mode: "enforce", policies: ["app; script-src *"] } },
      `trustedTypes.policies has a value that cannot stand in a policy: got "app; script-src *".`,
    ],
    [
      { trustedTypes: { mode: "enforce", policies: ["app!"] } },
      `trustedTypes.policies has a name that no policy of Trusted Types can have: got "app!". Allowed: letters, digits, - # = _ / @ . %`,
    ],
    [
      { trustedTypes: { mode: "enforce", policies: "app" } },
      `trustedTypes.policies is not a list of texts: got "app".`,
    ],
    [
      { trustedTypes: { mode: "enforce", policy: [] } },
      "trustedTypes.policy is not an option: got []. Allowed: mode, policies.",
    ],
    [
      { reportingEndpoints: 'csp="https://r.example", x' },
      `reportingEndpoints has a member that browsers cannot read: got "x". Write name="address" for each endpoint once, as in csp="https://reports.example.com/csp".`,
    ],
    [
      { reportingEndpoints: 'csp="http://r.example"' },
      `reportingEndpoints["csp"] is not an address for reports: got "http://r.example".`,
    ],
    [
      { reportingEndpoints: 'csp="/a", csp="/b"' },
      `reportingEndpoints has csp twice: got "csp=\\"/b\\"".`,
    ],
    [
      { crossOriginOpenerPolicy: 'same-origin; report-to="x' },
      `crossOriginOpenerPolicy is not a value that browsers know: got "same-origin; report-to=\\"x".`,
    ],
    [
      { crossOriginOpenerPolicy: 'same-origin; report-to="X Y"' },
      `crossOriginOpenerPolicy reports to a name that no endpoint can have: got "X Y". Give one name of reportingEndpoints.`,
    ],
    [
      { originAgentCluster: "yes" },
      `originAgentCluster is not a value that browsers know: got "yes". Allowed: "?1", "?0".`,
    ],
    [
      { xXssProtection: "1; report=/a;b" },
      `xXssProtection is not a value that browsers know: got "1; report=/a;b".`,
    ],
    [
      { strictTransportSecurity: "max-age=1; includeSubDomains=1" },
      `strictTransportSecurity has a value behind includeSubDomains: got "includeSubDomains=1". Write includeSubDomains.`,
    ],
    [
      { permissionsPolicy: "camera=(), camera=(self)" },
      "permissionsPolicy has the feature camera twice. Keep one.",
    ],
    [
      { permissionsPolicy: "camera=(self https://a.example)" },
      `permissionsPolicy has a list that browsers cannot read: got "camera=(self https://a.example)".`,
    ],
    [
      { preset: "spa", permissionsPolicy: false, headers: { "Permissions-Policy": "camera=none" } },
      `permissionsPolicy has a list that browsers cannot read: got "camera=none".`,
    ],
    [
      { headers: { "Content-Security-Policy-Report-Only": "default-src self" } },
      "contentSecurityPolicyReportOnly directive default-src has a keyword without its single quotes",
    ],
    [
      { removeHeaders: ["X-Powered-By: x"] },
      `removeHeaders[0] is not the name of a header: got "x-powered-by: x". Write it as in "X-Powered-By".`,
    ],
    [
      { site: { pages: [{ path: "/a.html", scriptHashes: ["'self'"] }] } },
      `site.pages[].scriptHashes of "/a.html" is not a list of hashes: got ["'self'"]. Give what analyzeSiteFolder returns.`,
    ],
    [
      { site: { pages: [] } },
      `site has no page: got {"pages":[]}. Give what analyzeSiteFolder returns for a folder with at least one .html file.`,
    ],
    [
      { pathOverrides: {} },
      `pathOverrides is not a list: got {}. Give objects, as in [{"pathPattern": "/embed/*", "xFrameOptions": false}].`,
    ],
    [
      { pathOverrides: [{ pathPattern: "embed" }] },
      `pathOverrides[0].pathPattern is not a path pattern: got "embed". Begin with / or *, as in "/embed/*"; at most 255 printable ASCII characters.`,
    ],
    [
      { pathOverrides: [{ pathPattern: "/a", frameOptions: "DENY" }] },
      `pathOverrides[0].frameOptions is not an option: got "DENY". Did you mean xFrameOptions?`,
    ],
    [
      { pathOverrides: [{ pathPattern: "/a", xFrameOptions: "no" }] },
      "pathOverrides[0].xFrameOptions is not a value that browsers know",
    ],
    [{ pathOverrides: [null] }, "pathOverrides[0] is not an object: got null."],
    [
      { trustedTypes: { mode: "on" } },
      `trustedTypes.mode is not valid: got "on". Allowed: "report-only", "enforce".`,
    ],
    [
      { contentSecurityPolicy: "default-src 'none'", origins: { image: [] } },
      "contentSecurityPolicy is a text, which origins cannot change",
    ],
    [
      { permissionsPolicy: "camera=()", headers: { "Permissions-Policy": "camera=()" } },
      `headers["Permissions-Policy"] has an option of its own: got "camera=()". Set permissionsPolicy instead.`,
    ],
  ])("%j", (options, message) => {
    expect(() => headers(options)).toThrow(message);
  });

  it("LE-C-06: at origin-response what only viewer-response forbids may be set and removed", () => {
    const options = { headers: { Warning: "110" }, removeHeaders: ["Content-Encoding"] };
    expect(() => headers(options)).toThrow("read-only in viewer-response functions");
    expect(headers({ ...options, eventType: "origin-response" })["Warning"]).toBe("110");
    expect(() => headers({ headers: { Via: "1" }, eventType: "origin-response" })).toThrow(
      'headers["Via"] is read-only in origin-response functions.',
    );
  });
});
