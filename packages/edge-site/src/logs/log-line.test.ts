import { describe, expect, it } from "vitest";
import { readCloudFrontMessage, readLambdaMessage } from "./log-line.ts";

const said = (message: object) => readLambdaMessage(JSON.stringify(message));

describe("a message of a function on Lambda@Edge", () => {
  it("is a line of its console, at its level", () => {
    const line = { timestamp: "2026-11-30T12:00:00.000Z", requestId: "r", level: "WARN" };
    expect(said({ ...line, message: "odd" })).toEqual({
      level: "WARN",
      requestId: "r",
      text: "odd",
      stack: [],
    });
    expect(said({ ...line, level: "INFO", message: { uri: "/" } })?.text).toBe('{"uri":"/"}');
  });

  it("is an error with its stack, without what repeats the message", () => {
    const stackTrace = ["TypeError: x is not a function", "    at a (/var/task/index.cjs:1:2)"];
    const message = { errorType: "TypeError", errorMessage: "x is not a function", stackTrace };
    expect(said({ level: "ERROR", message })).toMatchObject({
      level: "ERROR",
      text: "TypeError: x is not a function",
      stack: ["at a (/var/task/index.cjs:1:2)"],
    });
  });

  it("is what Lambda says of an invocation that did not succeed, and nothing of one that did", () => {
    const metrics = { durationMs: 5000, memorySizeMB: 128, maxMemoryUsedMB: 60 };
    const report = (status: string) =>
      said({ type: "platform.report", record: { requestId: "r", status, metrics } });
    expect(report("timeout")).toMatchObject({
      level: "ERROR",
      requestId: "r",
      text: "timeout after 5000 ms, with 60 of 128 MB",
    });
    expect(report("success")).toBeUndefined();
    expect(said({ type: "platform.start", record: { requestId: "r" } })).toBeUndefined();
  });

  it.each(["plain text\n", "[1", "null"])(
    "is text where it is no JSON of Lambda's: %j",
    (message) => {
      expect(readLambdaMessage(message)).toMatchObject({ level: "INFO", text: message.trimEnd() });
    },
  );
});

describe("a message of a CloudFront Function", () => {
  it("is what was logged, behind the request's id", () => {
    expect(readCloudFrontMessage("abc== hello\nthere\n")).toEqual({
      level: "INFO",
      requestId: "abc==",
      text: "hello\nthere",
      stack: [],
    });
    expect(readCloudFrontMessage("abc== TypeError: x is undefined")?.level).toBe("ERROR");
  });

  it.each(["abc== START DistributionID: E1", "abc== END", ""])(
    "is none that tells only that it ran: %j",
    (message) => {
      expect(readCloudFrontMessage(message)).toBeUndefined();
    },
  );
});
