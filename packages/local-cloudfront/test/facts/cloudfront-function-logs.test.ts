import { describe, expect, it } from "vitest";
import { startWithFunctions } from "../support/cloudfront-functions.ts";

const logging = (data: string, returned: string): string => `import cf from "cloudfront";
function handler(event) { cf.logCustomData(${data}); return event.${returned}; }`;

describe("FN-I-59: what a CloudFront Function adds to the access log", () => {
  it("is in the trace of each of its events", async () => {
    const test = await startWithFunctions({
      "viewer-request": logging('"variant=" + event.request.uri', "request"),
      "viewer-response": logging("String(event.response.statusCode)", "response"),
    });
    await test.get("/a.html");
    await test.get("/a.html");
    const steps = test.cloudfront.traces().flatMap((trace) => trace.steps);
    const logged = steps.flatMap((each) => ("customLogData" in each ? [each.customLogData] : []));
    expect(logged).toEqual(["variant=/a.html", "200", "variant=/a.html", "200"]);
  });

  it("is cut after 800 bytes as they are URL-encoded, which is a warning", async () => {
    const test = await startWithFunctions({
      "viewer-request": logging(
        'event.request.uri === "/long" ? "\\u00e9".repeat(134) : "a".repeat(800)',
        "request",
      ),
    });
    await test.get("/");
    await test.get("/long");
    const runs = test.cloudfront
      .traces()
      .flatMap(({ steps }) => steps.flatMap((step) => ("customLogData" in step ? [step.run] : [])));
    expect(runs.map(({ warnings }) => warnings)).toEqual([
      [],
      [
        "FN-I-59: logCustomData got 804 bytes as the access log has them, URL-encoded, and CloudFront keeps the first 800. Pass a shorter text.",
      ],
    ]);
  });
});
