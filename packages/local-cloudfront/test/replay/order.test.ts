import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { changeRequest } from "../support/function-sources.ts";
import { differenceOf, replay, testFolder, writeLog } from "../support/replay.ts";

vi.setConfig({ testTimeout: 60_000 });

/** Statements of a function that is slower with requests that were sent earlier. */
const slowerFirst = `
  const waitMs = Math.max(0, 60 - 10 * Number(request.querystring));
  await new Promise((resolve) => setTimeout(resolve, waitMs));
`;

it("of requests whose functions run at once, the cache sees the first of the log first", async () => {
  const log = writeLog(
    Array.from({ length: 6 }, (_, index) => ({
      "cs-uri-stem": "/page",
      "cs-uri-query": String(index),
      "sc-content-len": 100 + index,
    })),
  );
  const cachePolicy = {
    ParametersInCacheKeyAndForwardedToOrigin: {
      QueryStringsConfig: { QueryStringBehavior: "none" },
    },
  };
  const { a, b } = await replay(log, [
    { cachePolicy, functions: { "viewer-request": changeRequest(slowerFirst) } },
    { cachePolicy },
  ]);
  for (const side of [a, b]) {
    expect(side).toMatchObject({ resultTypes: { Miss: 1, Hit: 5 }, originBytes: 100 });
  }
});

it("a request that never reaches the cache lets those behind it wait for those before it", async () => {
  const redirects = changeRequest(`
    if (request.querystring === "1") return { status: "302", headers: { location: [{ value: "/" }] } };
    await new Promise((resolve) => setTimeout(resolve, request.querystring === "0" ? 50 : 0));
    request.querystring = "";`);
  const log = writeLog(
    [100, 0, 200].map((bytes, index) => ({
      "cs-uri-query": String(index),
      "sc-content-len": bytes,
      // Where the function of A responds, the log says nothing of an origin.
      "x-edge-result-type": index === 1 ? "FunctionGeneratedResponse" : "Miss",
    })),
  );
  const { a } = await replay(log, [{ functions: { "viewer-request": redirects } }]);
  expect(a).toMatchObject({
    resultTypes: { Miss: 1, LambdaGeneratedResponse: 1, Hit: 1 },
    originBytes: 100,
  });
});

it("differences are counted with the line that they are of, however long its functions take", async () => {
  const log = writeLog(
    Array.from({ length: 40 }, (_, index) => ({
      "cs-uri-stem": `/${index}`,
      "cs-uri-query": String(index % 7),
    })),
  );
  const rewrites = changeRequest(`${slowerFirst} request.uri += "b";`);
  const report = await replay(log, [{}, { functions: { "viewer-request": rewrites } }]);
  const examples = differenceOf(report, "rewritten URI")?.examples ?? [];
  expect(examples).toHaveLength(10);
  for (const { path, before, after } of examples)
    expect([before, after]).toEqual([path, `${path}b`]);
});

it("files of one hour are read together: each has lines of the whole hour", async () => {
  const folder = testFolder();
  const path = (index: number): string => join(folder, `E1.2026-11-30-12.${index}.log`);
  // More than replay looks ahead over.
  const linesOfFile = 25_000;
  for (let file = 0; file < 3; file += 1) {
    const lines = Array.from({ length: linesOfFile }, (_, index) => {
      const seconds = Math.floor((index / linesOfFile) * 3600);
      const [minute, second] = [Math.floor(seconds / 60), seconds % 60];
      const time = `12:${String(minute).padStart(2, "0")}:${String(second).padStart(2, "0")}`;
      return `2026-11-30\t${time}\tGET\t/${index % 5}\t200`;
    });
    const fields = "#Fields: date time cs-method cs-uri-stem sc-status";
    writeFileSync(path(file), [fields, ...lines, ""].join("\n"));
  }
  const report = await replay(folder, [{ cachePolicy: { DefaultTTL: 600, MaxTTL: 600 } }]);
  expect(report.lines).toMatchObject({ replayed: 3 * linesOfFile, late: 0 });
  // Each of the five objects is asked for anew every ten minutes.
  expect(report.a.originRequests).toBe(5 * 6);
});
