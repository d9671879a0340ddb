import { originRequestEvent } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileSecretRedirect } from "./options.ts";
import { createSecretRedirect } from "./secret-redirect.ts";

const compiled = compileSecretRedirect({ location: "https://example.com/hidden" });
const handler = createSecretRedirect(compiled);

describe("the handler", () => {
  it("answers the secret path with the redirect, and with nothing else", async () => {
    expect(await handler(originRequestEvent({ uri: "/secret" }))).toEqual({
      status: "302",
      statusDescription: "Found",
      headers: { location: [{ key: "Location", value: "https://example.com/hidden" }] },
    });
  });

  it.each(["HEAD", "POST", "OPTIONS"])("does not look at the method: %s", async (method) => {
    const event = originRequestEvent({ uri: "/secret", method, querystring: "from=mail" });
    expect(await handler(event)).toHaveProperty("status", "302");
  });

  it.each([
    "/",
    "/index.html",
    "/secret/",
    "/secrets",
    "/secret/x",
    "/x/secret",
    "//secret",
    "/Secret",
    "/%73ecret",
  ])("lets %s pass untouched", async (uri) => {
    const event = originRequestEvent({ uri, querystring: "a=1" });
    const before = structuredClone(event);
    expect(await handler(event)).toBe(event.Records[0].cf.request);
    expect(event).toEqual(before);
  });

  it("answers again and again with the same response, which nobody can change", async () => {
    const first = await handler(originRequestEvent({ uri: "/secret" }));
    expect(() => Object.assign(first, { status: "200" })).toThrow(TypeError);
    expect(() => Object.assign(first.headers ?? {}, { "set-cookie": [] })).toThrow(TypeError);
    expect(() => first.headers?.["location"]?.push({ value: "/x" })).toThrow(TypeError);
    expect(() => Object.assign(first.headers?.["location"]?.[0] ?? {}, { value: "/x" })).toThrow(
      TypeError,
    );
    expect(await handler(originRequestEvent({ uri: "/secret" }))).toEqual(compiled.response);
  });

  it("does not freeze or change the compiled options", () => {
    expect(Object.isFrozen(compiled.response)).toBe(false);
    expect(Object.isFrozen(compiled.response.headers.location)).toBe(false);
  });

  it("answers the path of the options", async () => {
    const door = createSecretRedirect(
      compileSecretRedirect({ path: "/back%20door", location: "/login?next=%2F", status: 307 }),
    );
    expect(await door(originRequestEvent({ uri: "/back%20door" }))).toEqual({
      status: "307",
      statusDescription: "Temporary Redirect",
      headers: { location: [{ key: "Location", value: "/login?next=%2F" }] },
    });
    expect(await door(originRequestEvent({ uri: "/secret" }))).toHaveProperty("uri", "/secret");
  });
});
