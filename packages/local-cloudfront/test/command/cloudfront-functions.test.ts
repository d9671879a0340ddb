import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { distributionTemplate, originId } from "../support/distribution-template.ts";
import { runCommand, type RunningCommand } from "../support/run-command.ts";

const code = `import cf from "cloudfront";
async function handler(event) {
  var location = "";
  console.log("asked for " + event.request.uri); cf.logCustomData("asked=" + event.request.uri);
  try { location = await cf.kvs().get(event.request.uri); } catch (error) { return event.request.headers["x-a"].value; }
  return { statusCode: 302, headers: { location: { value: location } } };
}`;

interface Started extends RunningCommand {
  /** Writes the pairs of the key value store. */
  write(pairs: Readonly<Record<string, string>>): void;
}

async function start(...args: readonly string[]): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), "command-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "redirects.json");
  const write = (pairs: Readonly<Record<string, string>>): void => {
    const data = Object.entries(pairs).map(([key, value]) => ({ key, value }));
    writeFileSync(file, JSON.stringify({ data }));
  };
  write({ "/a": "/b" });
  const template = join(folder, "template.json");
  const distribution = distributionTemplate(
    {
      properties: {
        FunctionAssociations: [{ EventType: "viewer-request", FunctionARN: { Ref: "Redirect" } }],
      },
      resources: {
        Store: { Type: "AWS::CloudFront::KeyValueStore", Properties: { Name: "redirects" } },
        Redirect: {
          Type: "AWS::CloudFront::Function",
          Properties: {
            Name: "redirect",
            AutoPublish: true,
            FunctionCode: code,
            FunctionConfig: {
              Comment: "",
              Runtime: "cloudfront-js-2.0",
              KeyValueStoreAssociations: [{ KeyValueStoreARN: { "Fn::GetAtt": ["Store", "Arn"] } }],
            },
          },
        },
      },
    },
    "s3",
  );
  writeFileSync(template, JSON.stringify(distribution));
  const running = await runCommand([
    template,
    "--no-inspector",
    `--origin=${originId}=${folder}`,
    `--kvs=redirects=${file}`,
    ...args,
  ]);
  return { ...running, write };
}

const visit = (url: string) => fetch(url, { redirect: "manual" });

describe("the command with a CloudFront Function", { timeout: 30_000 }, () => {
  it("tells its runtime, console, reads and failures with the lines of the code", async () => {
    const { url, line, lines, end } = await start();
    expect(await line((text) => text.includes("viewer-request"))).toContain(
      "redirect cloudfront-js-2.0",
    );
    expect((await visit(`${url}/a`)).headers.get("location")).toBe("/b");
    await line((text) => text.includes('redirects.get("/a"): found'));
    expect((await visit(`${url}/none`)).status).toBe(503);
    await line((text) => text.includes("> 5 |"));
    const log = lines.join("\n");
    expect(log).toContain("asked for /a");
    expect(log).toContain("access log: asked=/a");
    expect(log).toContain('redirects.get("/none"): not found');
    expect(log).toMatch(/viewer-request redirect: TypeError: .*\(line 5\)/);
    expect(await end()).toBe(0);
  });

  it("writes the same as JSON, and ends with 1 where --strict asks for it", async () => {
    const { url, line, end } = await start("--log=json", "--strict");
    const ready = JSON.parse(await line((text) => text.includes('"ready"')));
    expect(ready.functions).toMatchObject([
      { eventType: "viewer-request", name: "redirect", runtime: "cloudfront-js-2.0" },
    ]);
    await visit(`${url}/none`);
    const request = JSON.parse(await line((text) => text.includes('"event":"request"')));
    expect(request).toMatchObject({
      status: 503,
      xCache: "FunctionExecutionError from cloudfront",
      functions: [
        {
          name: "redirect",
          outcome: "failure",
          keyValueStoreReads: ['redirects.get("/none"): not found'],
          customLogData: "asked=/none",
          logGroupName: "/aws/cloudfront/function/redirect",
          failure: { factId: "FN-I-23" },
        },
      ],
    });
    expect(await end()).toBe(1);
  });

  it("serves a key value store that has changed, with --watch", async () => {
    const { url, line, write } = await start("--watch", "--log=json");
    write({ "/a": "/c" });
    await line((text) => text.includes('"reloaded"'));
    expect((await visit(`${url}/a`)).headers.get("location")).toBe("/c");
  });
});
