import { describe, expect, it } from "vitest";
import { startWithFunctions } from "./support/cloudfront-functions.ts";
import { changeRequest } from "./support/function-sources.ts";
import {
  startTestCloudFront,
  type TestCloudFrontOptions,
} from "./support/start-test-cloudfront.ts";
import { greetingLine, typescriptFunction } from "./support/typescript-function.ts";

const html = { accept: "text/html,*/*;q=0.8", "sec-fetch-dest": "document" };

const startShown = (options: TestCloudFrontOptions) =>
  startTestCloudFront({ ...options, options: { errorOverlay: true, ...options.options } });

const throwing = { "viewer-request": changeRequest(`throw new Error("<b>It is gone</b>");`) };

describe("the error overlay", () => {
  it("shows a browser what failed; status and headers stay CloudFront's", async () => {
    const { get, cloudfront } = await startShown({
      functions: throwing,
      options: { inspector: true },
    });
    const plain = await get("/a.html");
    const { status, headers, body, xCache } = await get("/a.html", html);
    expect([status, xCache]).toEqual([503, "LambdaExecutionError"]);
    expect(headers["content-type"]).toBe(plain.headers["content-type"]);
    expect(headers["content-length"]).toBe(String(Buffer.byteLength(body)));
    expect(body).toContain("&lt;b&gt;It is gone&lt;/b&gt;");
    expect(body).not.toContain("<b>");
    const trace = `${cloudfront.inspectorUrl}/#${encodeURIComponent(headers["x-amz-cf-id"] ?? "")}`;
    expect(body).toContain(`href="${trace}"`);
    expect(cloudfront.traces().at(-1)?.response.bodyBytes).toBe(
      cloudfront.traces()[0]?.response.bodyBytes,
    );
  });

  it.each([
    ["programs", {}],
    ["programs that take pages", { accept: "text/html" }],
    ["scripts of a page", { ...html, "sec-fetch-dest": "empty" }],
    ["images", { "sec-fetch-dest": "image" }],
  ])("is not for %s, which get CloudFront's page", async (_, headers) => {
    const { get } = await startShown({ functions: throwing });
    const { body } = await get("/a.html", headers);
    expect(body).toContain("The request could not be satisfied");
    expect(body).not.toContain("It is gone");
  });

  it("is off in the library, unless asked for", async () => {
    const { get } = await startTestCloudFront({ functions: throwing });
    expect((await get("/a.html", html)).body).toContain("The request could not be satisfied");
  });

  it("is not for errors of the origin", async () => {
    const { get } = await startShown({});
    const { status, body } = await get("/missing", html);
    expect([status, body]).toEqual([404, expect.stringContaining("<Code>NoSuchKey</Code>")]);
  });

  it("shows the lines of the source, as its source map has them", async () => {
    const { assetFolder, sourceFile } = typescriptFunction("linked");
    const { get } = await startShown({
      functions: { "viewer-request": { source: "", properties: { Code: assetFolder } } },
    });
    const { body } = await get("/boom", html);
    const line = greetingLine("It goes boom.");
    expect(body).toContain(`${sourceFile}:${line}</figcaption>`);
    expect(body).toContain(
      `<mark>${String(line).padStart(2)}      throw new Error(&quot;It goes boom.&quot;);</mark>`,
    );
  });

  it("shows a stack as it is whose places are none", async () => {
    const stack = `Error: odd\\n    at a (file:///a%2Fb:1:1)\\n    at b (/nowhere.js:9:9)\\n    at ${"/".repeat(5000)}:1:1`;
    const { get } = await startShown({
      functions: {
        "viewer-request": changeRequest(
          `const error = new Error("odd"); error.stack = "${stack}"; throw error;`,
        ),
      },
    });
    const { status, body } = await get("/a.html", html);
    expect(status).toBe(503);
    expect(body).toContain("/nowhere.js:9:9");
    expect(body).not.toContain("<mark>");
  });

  it("shows the lines of the code of a CloudFront Function", async () => {
    const { get } = await startWithFunctions(
      { "viewer-request": `const missing = event.request.none;\nreturn missing.uri;` },
      { options: { errorOverlay: true } },
    );
    const { status, body, xCache } = await get("/a.html", html);
    expect([status, xCache]).toEqual([503, "FunctionExecutionError"]);
    expect(body).toContain("return missing.uri;");
  });

  it("shows what CloudFront refuses of a result", async () => {
    const { get } = await startShown({
      functions: { "viewer-request": changeRequest(`request.uri = "bad";`) },
    });
    const { status, body, xCache } = await get("/a.html", html);
    expect([status, xCache]).toEqual([502, "LambdaValidationError"]);
    expect(body).toContain("LE-B-11");
  });

  it("has a style sheet of the site's own origin, and no script", async () => {
    const { get, cloudfront } = await startShown({ functions: throwing });
    const { body } = await get("/a.html", html);
    const [, path = ""] = /<link rel="stylesheet" href="([^"]+)">/.exec(body) ?? [];
    const style = await get(path);
    expect([style.status, style.headers["content-type"]]).toEqual([200, "text/css; charset=utf-8"]);
    expect(body).not.toContain("<script");
    expect(body).not.toMatch(/ style=|<style/);
    expect(cloudfront.traces()).toHaveLength(1);
  });
});
