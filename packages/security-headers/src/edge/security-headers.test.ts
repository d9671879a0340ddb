import { viewerResponseEvent } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import type { EventHeaders } from "cf-types";
import { compileSecurityHeaders } from "../compile/compile-security-headers.ts";
import type { CompiledSecurityHeaders } from "./compiled-security-headers.ts";
import { createSecurityHeaders } from "./security-headers.ts";

const handler = createSecurityHeaders(compileSecurityHeaders());

describe("the handler", () => {
  it("sets the seven headers and leaves all others as they are", async () => {
    const event = viewerResponseEvent();
    const { response } = event.Records[0].cf;
    const before = structuredClone(response);
    expect(await handler(event)).toEqual({
      ...before,
      headers: {
        ...before.headers,
        "strict-transport-security": [
          {
            key: "Strict-Transport-Security",
            value: "max-age=63072000; includeSubDomains; preload",
          },
        ],
        "content-security-policy": [
          {
            key: "Content-Security-Policy",
            value:
              "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'",
          },
        ],
        "x-content-type-options": [{ key: "X-Content-Type-Options", value: "nosniff" }],
        "x-frame-options": [{ key: "X-Frame-Options", value: "DENY" }],
        "x-xss-protection": [{ key: "X-XSS-Protection", value: "1; mode=block" }],
        "referrer-policy": [{ key: "Referrer-Policy", value: "same-origin" }],
        server: [{ key: "Server", value: "Erlang on Eels" }],
      },
    });
  });

  it("returns the response of the event itself", async () => {
    const event = viewerResponseEvent();
    expect(await handler(event)).toBe(event.Records[0].cf.response);
  });

  it("LE-C-09: keeps the read-only headers that the response came with", async () => {
    const readOnly = {
      "content-encoding": [{ key: "Content-Encoding", value: "br" }],
      "content-length": [{ key: "Content-Length", value: "12" }],
      "transfer-encoding": [{ key: "Transfer-Encoding", value: "chunked" }],
      via: [{ key: "Via", value: "1.1 test" }],
      warning: [{ key: "Warning", value: "110 - stale" }],
    };
    const result = await handler(viewerResponseEvent({ headers: { ...readOnly } }));
    expect(result.headers).toMatchObject(readOnly);
  });

  it("replaces every line of a header that the origin sent", async () => {
    const event = viewerResponseEvent({
      headers: {
        "content-security-policy": [
          { key: "content-security-policy", value: "default-src *" },
          { key: "content-security-policy", value: "img-src *" },
        ],
      },
    });
    const { headers } = await handler(event);
    expect(headers?.["content-security-policy"]).toHaveLength(1);
  });

  it.each([
    { status: "204", statusDescription: "No Content", headers: {} },
    { status: "304", statusDescription: "Not Modified", headers: {} },
    { status: "302", statusDescription: "", headers: {} },
  ])("sets them on a response of status $status too", async (response) => {
    const result = await handler(viewerResponseEvent({ ...response, headers: {} }));
    expect(result).toMatchObject({
      status: response.status,
      statusDescription: response.statusDescription,
      headers: { server: [{ key: "Server", value: "Erlang on Eels" }] },
    });
  });

  it("leaves a header that is switched off as the origin sent it, or absent", async () => {
    const quiet = createSecurityHeaders(
      compileSecurityHeaders({ server: false, xFrameOptions: false }),
    );
    const { headers } = await quiet(viewerResponseEvent());
    expect(headers?.["server"]).toEqual([{ key: "Server", value: "AmazonS3" }]);
    expect(headers).not.toHaveProperty("x-frame-options");
  });

  it("gives each response the same lines, which no response can change", async () => {
    const first = await handler(viewerResponseEvent());
    const second = await handler(viewerResponseEvent());
    const line = first.headers?.["server"]?.[0];
    expect(second.headers?.["server"]?.[0]).toBe(line);
    expect(() => Object.assign(line ?? {}, { value: "changed" })).toThrow(TypeError);
    expect(() => first.headers?.["server"]?.push({ value: "more" })).toThrow(TypeError);
  });

  it("does not change the compiled options", () => {
    const compiled = compileSecurityHeaders();
    const before = structuredClone(compiled);
    createSecurityHeaders(compiled);
    expect(compiled).toEqual(before);
  });
});

describe("what a response headers policy has set before", () => {
  /** The response as it comes to viewer-response: with the policy's headers. */
  function afterPolicy(compiled: CompiledSecurityHeaders, uri: string, contentType: string) {
    const headers = {
      "content-type": [{ key: "Content-Type", value: contentType }],
      ...structuredClone({ ...compiled.headers, ...compiled.documentHeaders }),
    } as EventHeaders;
    const event = viewerResponseEvent({ headers });
    Object.assign(event.Records[0].cf.request, { uri });
    return event;
  }
  const namesOf = async (compiled: CompiledSecurityHeaders, uri: string, contentType: string) => {
    const event = afterPolicy(compiled, uri, contentType);
    return Object.keys((await createSecurityHeaders(compiled)(event)).headers ?? {});
  };

  it("stays on documents and goes from all else, where only documents have it", async () => {
    const compiled = compileSecurityHeaders({ preset: "spa" });
    expect(await namesOf(compiled, "/", "text/html")).toContain("content-security-policy");
    const onScript = await namesOf(compiled, "/a.js", "text/javascript");
    expect(onScript).not.toContain("content-security-policy");
    expect(onScript).not.toContain("x-frame-options");
    expect(onScript).toContain("strict-transport-security");
  });

  it("goes where a path override does without it", async () => {
    const pathOverrides = [{ pathPattern: "/embed/*", xFrameOptions: false }] as const;
    const compiled = compileSecurityHeaders({ pathOverrides });
    expect(await namesOf(compiled, "/", "text/html")).toContain("x-frame-options");
    expect(await namesOf(compiled, "/embed/a", "text/html")).not.toContain("x-frame-options");
  });

  it("is not taken for a header of the origin's that is to be kept", async () => {
    const compiled = compileSecurityHeaders({
      keepIfPresent: ["Referrer-Policy"],
      pathOverrides: [{ pathPattern: "/open", referrerPolicy: "no-referrer" }],
    });
    const referrerPolicyAt = async (uri: string, sent?: string) => {
      const event = afterPolicy(compiled, uri, "text/html");
      const { headers } = event.Records[0].cf.response;
      if (sent !== undefined)
        headers["referrer-policy"] = [{ key: "Referrer-Policy", value: sent }];
      return (await createSecurityHeaders(compiled)(event)).headers?.["referrer-policy"]?.[0]
        ?.value;
    };
    expect(await referrerPolicyAt("/")).toBe("same-origin");
    expect(await referrerPolicyAt("/open")).toBe("no-referrer");
    expect(await referrerPolicyAt("/open", "origin")).toBe("origin");
  });

  it("leaves the origin's own header, which has another value", async () => {
    const compiled = compileSecurityHeaders({ preset: "spa" });
    const event = viewerResponseEvent({
      headers: {
        "content-type": [{ key: "Content-Type", value: "image/svg+xml" }],
        "content-security-policy": [{ key: "Content-Security-Policy", value: "sandbox" }],
      },
    });
    const { headers } = await createSecurityHeaders(compiled)(event);
    expect(headers?.["content-security-policy"]?.[0]?.value).toBe("sandbox");
  });
});
