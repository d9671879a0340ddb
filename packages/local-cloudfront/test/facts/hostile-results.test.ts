import type { EventType } from "cf-types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { onAllEvents } from "../support/function-sources.ts";
import {
  anyJson,
  hostileGeneratedResponse,
  hostileRequest,
  hostileResponse,
} from "../support/hostile-values.ts";
import { requestHttp2 } from "../support/http2.ts";
import { sendBytes } from "../support/raw-http.ts";
import { failureOf } from "../support/recorded-events.ts";
import {
  startTestCloudFront,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";
import {
  readStrictResponses,
  startStrictOrigin,
  type StrictMessage,
  type StrictOrigin,
} from "../support/strict-http.ts";

/** What a function is to return: anything, or what it was given with these changes. */
interface Plan {
  readonly eventType: EventType;
  readonly kind: "whole" | "changed" | "generated";
  readonly value: unknown;
}

/** Does what the header `x-plan` says where it is meant for its event. */
const obedient = `exports.handler = async (event) => {
  const { config, request, response } = event.Records[0].cf;
  const given = response ?? request;
  const line = request.headers["x-plan"]?.[0];
  const plan = line && JSON.parse(Buffer.from(line.value, "base64").toString());
  if (plan?.eventType !== config.eventType) return given;
  if (plan.kind === "whole") return plan.value;
  if (plan.kind === "generated") return plan.value;
  const { customOrigin, ...changes } = plan.value;
  const headers = changes.headers && { ...given.headers, ...changes.headers };
  const result = { ...given, ...changes, ...(headers && { headers }) };
  if (customOrigin && given.origin) {
    result.origin = { custom: { ...given.origin.custom, ...customOrigin } };
  }
  return result;
};`;

const functions = onAllEvents(obedient);

const distribution = ({ port }: StrictOrigin): TestCloudFrontOptions => ({
  functions,
  cachePolicy: { DefaultTTL: 0, MaxTTL: 0 },
  originRequestPolicy: {
    HeadersConfig: { HeaderBehavior: "allViewer" },
    QueryStringsConfig: { QueryStringBehavior: "all" },
  },
  origin: {
    DomainName: "localhost",
    CustomOriginConfig: { OriginProtocolPolicy: "http-only", HTTPPort: port },
  },
  server: () => undefined,
  options: { origins: {} },
});

const planned = (plan: Plan): string =>
  Buffer.from(JSON.stringify(plan), "utf8").toString("base64");

const kinds: Readonly<Record<EventType, Planned>> = {
  "viewer-request": requestPlan(),
  "origin-request": requestPlan(),
  "origin-response": responsePlan(),
  "viewer-response": responsePlan(),
};

type Planned = fc.Arbitrary<Pick<Plan, "kind" | "value">>;

function plans(kind: Plan["kind"], value: fc.Arbitrary<unknown>): Planned {
  return fc.record({ kind: fc.constant(kind), value });
}

function requestPlan(): Planned {
  return fc.oneof(
    { weight: 1, arbitrary: plans("whole", anyJson) },
    { weight: 8, arbitrary: plans("changed", hostileRequest) },
    { weight: 4, arbitrary: plans("generated", hostileGeneratedResponse) },
  );
}

function responsePlan(): Planned {
  return fc.oneof(
    { weight: 1, arbitrary: plans("whole", anyJson) },
    { weight: 8, arbitrary: plans("changed", hostileResponse) },
  );
}

/** One request that a function answers with hostility, and an innocent one on the same connection. */
const twoRequests = (plan: Plan): string =>
  [
    "POST /hostile HTTP/1.1",
    "Host: localhost",
    "Content-Length: 4",
    `X-Plan: ${planned(plan)}`,
    "",
    "sentGET /innocent HTTP/1.1",
    "Host: localhost",
    "Connection: close",
    "",
    "",
  ].join("\r\n");

function expectNothingSmuggled(messages: readonly StrictMessage[]): void {
  for (const { headers } of messages) expect([...headers.keys()]).not.toContain("x-smuggled");
}

describe("whatever a function returns", () => {
  it.each(Object.entries(kinds) as [EventType, Planned][])(
    "at %s, viewer and origin get whole messages with nothing smuggled in, and the next request is served",
    async (eventType, kind) => {
      const origin = await startStrictOrigin();
      const { cloudfront } = await startTestCloudFront(distribution(origin));
      await fc.assert(
        fc.asyncProperty(kind, async (result) => {
          const bytes = await sendBytes(cloudfront.url, twoRequests({ eventType, ...result }));
          const responses = readStrictResponses(bytes);
          expect(responses).toHaveLength(2);
          for (const { headers } of responses) {
            expect(headers.get("x-amz-cf-id")).toHaveLength(1);
            expect(headers.get("x-cache")).toHaveLength(1);
          }
          expect(failureOf(cloudfront, "/innocent")).toBeUndefined();
          expect(responses[1]).toMatchObject({ startLine: "HTTP/1.1 200 OK", body: "origin" });
          expectNothingSmuggled([...responses, ...origin.requests]);
          expect(origin.problems).toEqual([]);
        }),
        propertyRuns(150),
      );
      expect(origin.requests.length).toBeGreaterThan(propertyRuns(150).numRuns);
    },
    60_000,
  );

  it("over HTTP/2, the stream is answered and the session goes on", async () => {
    const origin = await startStrictOrigin();
    const { cloudfront } = await startTestCloudFront({
      ...distribution(origin),
      distributionConfig: { HttpVersion: "http2" },
      options: { origins: {}, https: true },
    });
    const plan = fc.oneof(
      ...(Object.entries(kinds) as [EventType, Planned][]).map(([eventType, kind]) =>
        kind.map((result): Plan => ({ eventType, ...result })),
      ),
    );
    await fc.assert(
      fc.asyncProperty(plan, async (hostile) => {
        const { headers } = await requestHttp2(cloudfront.url, {
          ":path": "/hostile",
          "x-plan": planned(hostile),
        });
        expect(headers["x-amz-cf-id"]).toMatch(/^[\w-]{54}==$/);
        expect(headers).not.toHaveProperty("x-smuggled");
        expect(origin.problems).toEqual([]);
      }),
      propertyRuns(150),
    );
  }, 60_000);
});
