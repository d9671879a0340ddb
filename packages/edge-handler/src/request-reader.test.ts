import type { CloudFrontFunctionValues, EventHeaders } from "cf-types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { cloudFrontFunctionHeaders } from "./cloudfront-function-headers.ts";
import { cloudFrontFunctionReader } from "./cloudfront-function-reader.ts";
import { lambdaEdgeReader } from "./lambda-edge-reader.ts";

/** A request as both engines have it. */
interface BothRequests {
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly cookies: readonly (readonly [string, string])[];
  readonly query: string;
}

const head = { method: "GET", uri: "/" };

function grouped(pairs: readonly (readonly [string, string])[]) {
  const values: Record<string, CloudFrontFunctionValues> = {};
  for (const [name, value] of pairs) {
    const known = Object.hasOwn(values, name) ? values[name] : undefined;
    if (known === undefined) values[name] = { value };
    else known.multiValue = [...(known.multiValue ?? [{ value: known.value }]), { value }];
  }
  return values;
}

function pairsOf(query: string): readonly (readonly [string, string])[] {
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [name = "", ...value] = pair.split("=");
      return [name, value.join("=")];
    });
}

function onLambdaEdge({ headers, cookies, query }: BothRequests) {
  const lines: EventHeaders = {};
  for (const [name, values] of Object.entries(headers)) {
    lines[name] = values.map((value) => ({ key: name, value }));
  }
  if (cookies.length > 0) {
    const value = cookies.map((pair) => pair.join("=")).join("; ");
    lines["cookie"] = [{ key: "Cookie", value }];
  }
  return { ...head, headers: lines, querystring: query };
}

function onCloudFrontFunctions({ headers, cookies, query }: BothRequests) {
  const pairs = Object.entries(headers).flatMap(([name, values]) =>
    values.map((value) => [name, value] as const),
  );
  return {
    ...head,
    headers: grouped(pairs),
    cookies: grouped(cookies),
    querystring: grouped(pairsOf(query)),
    rawQueryString: () => query,
  };
}

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/);
const value = fc.stringMatching(/^[\w%+,.]{0,6}$/);
const requests = fc.record({
  headers: fc.dictionary(
    name.filter((each) => each !== "cookie"),
    fc.array(value, { minLength: 1, maxLength: 3 }),
    { noNullPrototype: true },
  ),
  cookies: fc.uniqueArray(fc.tuple(name, value), { selector: ([each]) => each, maxLength: 3 }),
  query: fc
    .array(
      fc.oneof(
        fc.tuple(name, value).map((pair) => pair.join("=")),
        name,
      ),
      { maxLength: 4 },
    )
    .map((pairs) => pairs.join("&")),
});

describe("the readers of both engines", () => {
  it("read the same of the same request", () => {
    fc.assert(
      fc.property(requests, name, (request, absent) => {
        const lambda = onLambdaEdge(request);
        const script = onCloudFrontFunctions(request);
        for (const each of [...Object.keys(request.headers), "cookie", absent]) {
          expect(cloudFrontFunctionReader.header(script, each)).toBe(
            lambdaEdgeReader.header(lambda, each),
          );
        }
        expect(cloudFrontFunctionReader.query(script)).toBe(lambdaEdgeReader.query(lambda));
      }),
      propertyRuns(400),
    );
  });
});

describe("the query string of a CloudFront Function", () => {
  const asked = { headers: {}, cookies: [], query: "b=2&a=1&b=3&c" };

  it("FN-I-09: is as the viewer wrote it", () => {
    expect(cloudFrontFunctionReader.query(onCloudFrontFunctions(asked))).toBe("b=2&a=1&b=3&c");
  });

  it("is what a function before made of it, an object or a string", () => {
    const request = onCloudFrontFunctions(asked);
    delete request.querystring["a"];
    expect(cloudFrontFunctionReader.query(request)).toBe("b=2&b=3&c=");
    expect(cloudFrontFunctionReader.query({ ...request, querystring: "z=1" })).toBe("z=1");
    expect(cloudFrontFunctionReader.query({ ...request, querystring: {} })).toBe("");
  });
});

describe("cloudFrontFunctionHeaders", () => {
  it("FN-I-04: a header of several lines has all of them in multiValue; cookies are left out", () => {
    expect(
      cloudFrontFunctionHeaders({
        vary: [{ key: "Vary", value: "accept" }, { value: "origin" }],
        location: [{ value: "/a" }],
        "set-cookie": [{ value: "a=1" }],
        empty: [],
      }),
    ).toEqual({
      vary: { value: "accept", multiValue: [{ value: "accept" }, { value: "origin" }] },
      location: { value: "/a" },
    });
  });
});
