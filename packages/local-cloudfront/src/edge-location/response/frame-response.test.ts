import { describe, expect, it } from "vitest";
import { bodyText, sampleResponse } from "../../../test/samples/http-message.ts";
import { frameResponse } from "./frame-response.ts";

describe("the length of a response", () => {
  it.each([
    ["GET", 200, "body", undefined, "4", "body"],
    ["GET", 200, "body", ["4"], "4", "body"],
    ["GET", 200, "body", ["2"], "4", "body"],
    ["GET", 200, "body", ["4", "5"], "4", "body"],
    ["GET", 200, "body", ["+4"], "4", "body"],
    ["GET", 404, "body", ["0"], "4", "body"],
    ["GET", 200, "", ["7"], "0", ""],
    ["GET", 204, "body", ["4"], undefined, ""],
    ["GET", 205, "body", ["4"], "0", ""],
    ["GET", 304, "", ["7"], "7", ""],
    ["GET", 304, "", ["7", "8"], undefined, ""],
    ["GET", 304, "", undefined, undefined, ""],
    ["HEAD", 200, "", ["7"], "7", ""],
    ["HEAD", 200, "", ["7", "8"], "0", ""],
    ["HEAD", 200, "body", ["7"], "4", ""],
    ["HEAD", 200, "body", undefined, "4", ""],
  ] as const)(
    "to %s with status %d, the body %j and the lengths %j is %j, with the body %j",
    (method, status, given, lengths, length, body) => {
      const response = sampleResponse(given, {
        ...(lengths && { "Content-Length": [...lengths] }),
      });
      const framed = frameResponse(method, { ...response, status });
      expect(framed.headers["content-length"]?.map(({ value }) => value).join()).toBe(length);
      expect(bodyText(framed)).toBe(body);
    },
  );
});
