import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { findLogFiles } from "../../src/access-log/find-log-files.ts";
import { readLogFile } from "../../src/access-log/read-log-file.ts";
import { testFolder, writeLog } from "../support/replay.ts";

const log = () => readFileSync(writeLog([{ "cs-uri-stem": "/a" }, { "cs-uri-stem": "/b" }]));

/** Returns path, or line and reason, of each entry of a file with this content. */
async function read(content: string | Buffer): Promise<string[]> {
  const file = join(testFolder(), "log");
  writeFileSync(file, content);
  const entries: string[] = [];
  for (const logFile of await findLogFiles([file])) {
    for await (const { line, content } of readLogFile(logFile)) {
      entries.push("reason" in content ? `${line}: ${content.reason}` : content.uri);
    }
  }
  return entries;
}

describe("a file of access logs", () => {
  it("is read as it is, compressed, in several compressed parts, and with CRLF", async () => {
    const both = ["/a", "/b"];
    expect(await read(log())).toEqual(both);
    expect(await read(gzipSync(log()))).toEqual(both);
    expect(await read(Buffer.concat([gzipSync(log()), gzipSync(log())]))).toEqual([
      ...both,
      ...both,
    ]);
    expect(await read(log().toString().replaceAll("\n", "\r\n"))).toEqual(both);
    expect(await read(log().toString().trimEnd())).toEqual(both);
    expect(await read("")).toEqual([]);
  });

  it("gives the lines before the place where its compression breaks off, and names that place", async () => {
    const many = writeLog(
      Array.from({ length: 500 }, (_, index) => ({ "cs-uri-stem": `/${index * 7919}` })),
    );
    const whole = gzipSync(readFileSync(many));
    const entries = await read(whole.subarray(0, whole.byteLength - 40));
    expect(entries.at(-1)).toMatch(/^\d+: the rest of the file cannot be read \(Z_BUF_ERROR\)$/);
    expect(entries.length).toBeGreaterThan(1);
  });

  it("goes on after a line that is too long, and after bytes that are no text", async () => {
    const text = log().toString();
    expect(await read(`${text}${"x".repeat(3_000_000)}\n${text}`)).toEqual([
      "/a",
      "/b",
      "5: longer than 262144 characters",
      "/a",
      "/b",
    ]);
    const noise = Buffer.from([0xff, 0x00, 0x09, 0x0a]);
    expect(await read(Buffer.concat([log(), noise, log()]))).toEqual([
      "/a",
      "/b",
      expect.stringMatching(/^5: 2 fields where/),
      "/a",
      "/b",
    ]);
  });
});

describe("the files that paths name", () => {
  it("are those of a folder and of the folders in it by name, hidden ones left out, each once", async () => {
    const folder = testFolder();
    mkdirSync(join(folder, "2026"));
    for (const name of ["E1.2026-11-30-02.gz", "E1.2026-11-30-01.gz", ".hidden", "2026/x"]) {
      writeFileSync(join(folder, name), "");
    }
    const names = ["2026/x", "E1.2026-11-30-01.gz", "E1.2026-11-30-02.gz"];
    const paths = names.map((name) => join(folder, name));
    const files = await findLogFiles([folder, paths[1] ?? ""]);
    expect(files.map(({ path }) => path)).toEqual(paths);
  });

  it.each([
    [() => testFolder(), "The folder has no files."],
    [() => join(testFolder(), "no"), "Pass a file or a folder that exists."],
    [() => "s3://logs/a", "npx edge-site replay s3://logs/a"],
    [() => "s3://logs/a", "aws s3 sync s3://logs/a logs"],
  ])("are refused where they are none, with what to do", async (path, remedy) => {
    await expect(findLogFiles([path()])).rejects.toThrow(remedy);
  });
});
