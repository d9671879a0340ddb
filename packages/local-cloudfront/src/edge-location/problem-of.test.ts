import { expect, it } from "vitest";
import { sampleRequest, sampleResponse } from "../../test/samples/http-message.ts";
import { sampleCustomOrigin } from "../../test/samples/origin.ts";
import type { StepRecord } from "./request-record.ts";
import { requestHeadOf, responseHeadOf } from "./message-head.ts";
import { problemOf } from "./problem-of.ts";

const toOrigin = {
  step: "origin",
  origin: sampleCustomOrigin(),
  request: requestHeadOf(sampleRequest("/")),
  response: responseHeadOf(sampleResponse("all")),
  failure: undefined,
  failureDetail: undefined,
  durationMs: 1,
} as const;
const broken = responseHeadOf(sampleResponse("part", {}, { isIncomplete: true }));

it.each<[name: string, step: StepRecord, problem: string | undefined]>([
  ["an origin that answers is no problem", toOrigin, undefined],
  [
    "an origin that fails says how",
    { ...toOrigin, response: undefined, failure: "OriginConnectError: refused." },
    "OriginConnectError: refused.",
  ],
  [
    "CF-G-41: an origin that hangs up too early is named",
    { ...toOrigin, response: broken },
    "CF-G-41: Origin api (api.example.test) hung up before its body was whole.",
  ],
  [
    "a request that CloudFront refuses says why",
    {
      step: "refused",
      status: 414,
      reason: "CF-J-10: the URL is too long.",
      detailedResultType: "InvalidRequest",
    },
    "CF-J-10: the URL is too long.",
  ],
])("%s", (_, step, problem) => {
  expect(problemOf(step)).toBe(problem);
});
