import { describe, expect, it } from "vitest";
import { compileSecretRedirect } from "./compile-secret-redirect.ts";
import type { SecretRedirectOptions } from "./secret-redirect-options.ts";
import { SecretRedirectOptionsError } from "../secret-redirect-options-error.ts";

describe("compileSecretRedirect", () => {
  it("needs no more than the location", () => {
    expect(compileSecretRedirect({ location: "https://example.com/" })).toEqual({
      rules: [{ from: "/secret", response: 0, to: "https://example.com/" }],
      responses: [
        {
          status: "302",
          statusDescription: "Found",
          cacheControl: "public, max-age=0, s-maxage=60",
        },
      ],
      tree: { literals: { "/secret": { end: [0] } } },
      candidates: String.raw`^/(secret)(/|$)|^(?!\/)|[^!$&-;=@-Z_a-z~]|\/[./]`,
    });
  });

  it.each([
    [301, "Moved Permanently"],
    [302, "Found"],
    [303, "See Other"],
    [307, "Temporary Redirect"],
    [308, "Permanent Redirect"],
  ] as const)("knows the status %i %s", (status, statusDescription) => {
    expect(compileSecretRedirect({ location: "/login", status }).responses[0]).toMatchObject({
      status: String(status),
      statusDescription,
    });
  });

  it("yields plain JSON", () => {
    const compiled = compileSecretRedirect({ location: "/login" });
    expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled);
  });
});

describe("compileSecretRedirect refuses", () => {
  it.each([
    {
      options: undefined,
      code: "INVALID_TYPE",
      message:
        "The options are not an object: got nothing. Allowed: path, location, status, token, rules, cacheControl, hostHeader, logSampleRate.",
    },
    {
      options: { locaton: "/login" },
      code: "UNKNOWN_OPTION",
      message: 'locaton is not an option: got "/login". Did you mean location?',
    },
    {
      options: { location: "/login", permanent: true },
      code: "UNKNOWN_OPTION",
      message:
        "permanent is not an option: got true. Allowed: path, location, status, token, rules, cacheControl, hostHeader, logSampleRate.",
    },
    {
      options: {},
      code: "INVALID_TYPE",
      message:
        'location is not a string: got nothing. Give an absolute URL or a path, as in "https://example.com/".',
    },
    {
      options: { location: "" },
      code: "INVALID_LOCATION",
      message:
        'location is not valid: got "". Allowed: an absolute http or https URL without user information, or a path that starts with a single "/"; percent-encoded.',
    },
    {
      options: { path: "/door", location: "/door" },
      code: "INVALID_LOCATION",
      message:
        'location leads back to path: got "/door". A viewer would be redirected for ever: name another path.',
    },
    {
      options: { path: 1, location: "/login" },
      code: "INVALID_TYPE",
      message: 'path is not a string: got 1. Give a path, as in "/secret".',
    },
    {
      options: { location: "/login", status: 200 },
      code: "INVALID_STATUS",
      message: "status is not one of a redirect: got 200. Allowed: 301, 302, 303, 307, 308.",
    },
    {
      options: { location: "/login", status: "302" },
      code: "INVALID_STATUS",
      message: 'status is not one of a redirect: got "302". Allowed: 301, 302, 303, 307, 308.',
    },
  ])("$options", ({ options, code, message }) => {
    const compile = () => compileSecretRedirect(options as unknown as SecretRedirectOptions);
    expect(compile).toThrow(SecretRedirectOptionsError);
    expect(compile).toThrow(expect.objectContaining({ code, message }));
  });

  it.each([
    "",
    "secret",
    "/a b",
    "/secret?x",
    "/secret#x",
    "/caf\u00E9",
    "/50%",
    "/secret\n",
    "/a\\b",
  ])("the path %j, which no request has", (path) => {
    expect(() => compileSecretRedirect({ path, location: "/login" })).toThrow(
      expect.objectContaining({
        code: "INVALID_PATH",
        message: `path is not the path of a request: got ${JSON.stringify(path)}. It starts with "/", has no query string and no fragment, and is percent-encoded.`,
      }),
    );
  });
});
