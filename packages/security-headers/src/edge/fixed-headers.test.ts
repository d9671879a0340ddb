import { viewerResponseEvent } from "edge-function-testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { compileSecurityHeaders } from "../compile/compile-security-headers.ts";
import { decideSecurityHeaders } from "../decide-security-headers.ts";
import { createSecurityHeaders } from "./security-headers.ts";

const furtherHeaders = fc.uniqueArray(fc.nat(12).map((index) => `X-Own-${index}`));
const droppedOptions = fc.uniqueArray(
  fc.constantFrom("server", "xFrameOptions", "xXssProtection", "referrerPolicy"),
);

describe("the handler of fixed headers", () => {
  it("decides as the rules do, with few headers and with many", async () => {
    const counts = new Set<number>();
    await fc.assert(
      fc.asyncProperty(furtherHeaders, droppedOptions, async (names, dropped) => {
        const compiled = compileSecurityHeaders({
          headers: Object.fromEntries(names.map((name) => [name, `of ${name}`])),
          ...Object.fromEntries(dropped.map((option) => [option, false])),
        });
        const event = viewerResponseEvent();
        const { request, response } = event.Records[0].cf;
        const { headers } = structuredClone(response);
        const { set, remove } = decideSecurityHeaders(compiled, { uri: request.uri, headers });
        counts.add(Object.keys(set).length);
        expect(remove).toEqual([]);
        expect(await createSecurityHeaders(compiled)(event)).toEqual({
          ...response,
          headers: { ...headers, ...set },
        });
      }),
      propertyRuns(400),
    );
    expect(Math.min(...counts)).toBeLessThan(7);
    expect(Math.max(...counts)).toBeGreaterThan(8);
  });

  it("sets nothing where no header is left", async () => {
    const event = viewerResponseEvent();
    const before = structuredClone(event.Records[0].cf.response);
    expect(await createSecurityHeaders({ headers: {} })(event)).toEqual(before);
  });

  it("gives no response what another can change", async () => {
    const handler = createSecurityHeaders(compileSecurityHeaders());
    const { headers } = await handler(viewerResponseEvent());
    const [line] = headers?.["x-frame-options"] ?? [];
    expect(() => Object.assign(line ?? {}, { value: "ALLOW" })).toThrow(TypeError);
  });
});
