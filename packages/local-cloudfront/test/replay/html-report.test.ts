import { expect, it, vi } from "vitest";
import { htmlReport } from "../../src/replay/html-report.ts";
import { changeResponse } from "../support/function-sources.ts";
import { replay, writeLog } from "../support/replay.ts";

vi.setConfig({ testTimeout: 60_000 });

it("the page of a report loads nothing, and shows what a log holds as text", async () => {
  const b = changeResponse(`response.headers["x-b"] = [{ value: "<script>alert(1)</script>" }];`);
  const log = writeLog([
    { "cs-uri-stem": "/%3Cimg%20src=x%20onerror=alert(1)%3E" },
    { "sc-status": "<b>" },
  ]);
  const page = htmlReport(await replay(log, [{}, { functions: { "viewer-response": b } }]));
  expect(page).toContain("&lt;img src=x onerror=alert(1)&gt;");
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(page).toContain("sc-status not valid: got &quot;&lt;b&gt;&quot;");
  expect(page).not.toMatch(/<(?:script|img|link|iframe|b)\b|\bsrc=["']|\bhref=|url\(|@import/);
  expect(page).toContain("default-src 'none'");
  expect(page).toContain("color-scheme: light dark");
  expect(page).toMatch(/Between A and B, 1 request differs/);
});
