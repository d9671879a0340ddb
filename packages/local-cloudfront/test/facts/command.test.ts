import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { distributionTemplate, type TestFunction } from "../support/distribution-template.ts";
import { changeRequest, returning } from "../support/function-sources.ts";
import { runCommand } from "../support/run-command.ts";

/** A template with one viewer-request function, and an origin that nothing asks. */
function templateWith(viewerRequest: TestFunction): string {
  const folder = mkdtempSync(join(tmpdir(), "local-cloudfront-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "template.json");
  const template = distributionTemplate(
    { functions: { "viewer-request": viewerRequest } },
    "custom",
  );
  writeFileSync(file, JSON.stringify(template));
  return file;
}

const failing = {
  source: changeRequest('request.headers.via = [{ value: "1.1 me" }];'),
  properties: { FunctionName: "rewrite" },
};

describe("local-cloudfront", () => {
  it("runs functions in UTC, as they run at the edge, wherever the machine is", async () => {
    const source = returning('{ status: "200", body: new Date(0).toString() + process.env.TZ }');
    const { url } = await runCommand([templateWith(source)], { TZ: "Asia/Tokyo" });
    expect(await (await fetch(url)).text()).toBe(
      "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time):UTC",
    );
  });

  it("--log pretty says in one line which function failed, where, with what, and why", async () => {
    const { url, line, end } = await runCommand([templateWith(failing)]);
    expect((await fetch(url)).status).toBe(502);
    expect(await line((text) => text.includes("LE-"))).toBe(
      '     viewer-request rewrite: headers.via is read-only at viewer-request and was added: got "1.1 me". Leave it out. (LE-C-04)',
    );
    expect(await end()).toBe(0);
  });

  it("--log json is one object a line; --strict ends with 1 when a function failed", async () => {
    const args = [templateWith(failing), "--log", "json", "--strict"];
    const { url, line, lines, end } = await runCommand(args);
    expect((await fetch(url)).status).toBe(502);
    await line((text) => text.includes('"event":"request"'));
    expect(lines.map((text) => JSON.parse(text) as object)).toMatchObject([
      { event: "ready", url, functions: [{ eventType: "viewer-request", name: "rewrite" }] },
      {
        event: "request",
        status: 502,
        functions: [{ name: "rewrite", failure: { factId: "LE-C-04" } }],
      },
    ]);
    expect(await end()).toBe(1);
  });

  it("goes on serving whatever a function does", async () => {
    const source = `exports.handler = async (event) => {
      if (event.Records[0].cf.request.uri === "/exit") process.exit(1);
      return { status: "200", body: "still here" };
    };`;
    const { url, end } = await runCommand([templateWith(source)]);
    expect((await fetch(`${url}/exit`)).status).toBe(503);
    expect(await (await fetch(url)).text()).toBe("still here");
    expect(await end()).toBe(0);
  });
});
