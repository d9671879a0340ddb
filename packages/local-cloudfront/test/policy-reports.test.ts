import { expect, it } from "vitest";
import { startTestCloudFront } from "./support/start-test-cloudfront.ts";

const path = "/_local-cloudfront/policy-reports";
const policy = `exports.handler = async (event) => {
  const { response } = event.Records[0].cf;
  response.headers["content-security-policy"] = [
    { key: "Content-Security-Policy", value: "default-src 'self'; report-to main" },
  ];
  return response;
};`;
const functions = { "viewer-response": policy };

const report = (documentUrl: string) => ({
  method: "POST",
  headers: { "content-type": "application/csp-report" },
  body: JSON.stringify({
    "csp-report": {
      "document-uri": documentUrl,
      "effective-directive": "font-src",
      "blocked-uri": "https://f.example/a.woff2",
    },
  }),
});

it("a report is taken in whatever the cache behavior allows, and is no request of the distribution", async () => {
  const { cloudfront, get, request } = await startTestCloudFront({
    functions,
    options: { policyReports: true },
  });
  const { headers } = await get("/a.html");
  expect(headers["content-security-policy"]).toBe(`default-src 'self'; report-uri ${path}`);
  expect((await request(path, report(`${cloudfront.url}/a.html`))).status).toBe(204);
  const [trace, ...others] = cloudfront.traces();
  expect(others).toEqual([]);
  // As it will be deployed.
  expect(trace?.response.headers["content-security-policy"]?.[0]?.value).toBe(
    "default-src 'self'; report-to main",
  );
  expect(cloudfront.policyViolations).toEqual([
    {
      requestId: trace?.requestId,
      page: "/a.html",
      directive: "font-src",
      blocked: "https://f.example/a.woff2",
      place: undefined,
      isEnforced: true,
      setBy: expect.any(String) as string,
      remedy: "https://f.example in font-src of the policy",
      count: 1,
    },
  ]);
  await cloudfront.reload();
  expect(cloudfront.policyViolations).toEqual([]);
});

it("without the option, the policies are as they are, and a report is a request as any other", async () => {
  const { cloudfront, get, request } = await startTestCloudFront({ functions });
  const { headers } = await get("/a.html");
  expect(headers["content-security-policy"]).toBe("default-src 'self'; report-to main");
  expect((await request(path, report(`${cloudfront.url}/a.html`))).status).toBe(405);
  expect(cloudfront.policyViolations).toEqual([]);
  expect(cloudfront.traces()).toHaveLength(2);
});

it("what is no report, and floods of them, do no harm", async () => {
  const { cloudfront, request } = await startTestCloudFront({ options: { policyReports: true } });
  for (const body of ["", "{", "null", "[]", "x".repeat(100_000)]) {
    expect((await request(path, { method: "POST", body })).status).toBe(204);
  }
  const many = Array.from({ length: 3000 }, (_, index) => ({
    body: {
      documentURL: `${cloudfront.url}/${index}`,
      effectiveDirective: "img-src",
      blockedURL: "https://i.example/a.png",
    },
  }));
  expect((await request(path, { method: "POST", body: JSON.stringify(many) })).status).toBe(204);
  expect(cloudfront.policyViolations).toHaveLength(1000);
});
