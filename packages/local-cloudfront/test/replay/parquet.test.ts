import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it, vi } from "vitest";
import { replay, testFolder, writeLog, type LoggedLine } from "../support/replay.ts";

vi.setConfig({ testTimeout: 60_000 });

const lines: readonly LoggedLine[] = [
  { "cs-uri-stem": "/a", "cs(User-Agent)": "Mozilla/5.0%20(X)", "cs(Cookie)": "theme=dark" },
  { "cs-uri-stem": "/caf%C3%A9", "sc-status": 404, "x-edge-result-type": "Error" },
  { "cs-uri-stem": "/a", "cs(User-Agent)": "curl", "cs(Cookie)": "theme=light" },
  { "cs-uri-stem": "/a", "cs(User-Agent)": "curl", "cs(Cookie)": "theme=light" },
];

/** The cookie is part of the key, so that a report says whether it was read. */
const site = {
  cachePolicy: {
    ParametersInCacheKeyAndForwardedToOrigin: {
      CookiesConfig: { CookieBehavior: "whitelist", Cookies: ["theme"] },
    },
  },
};

/** Writes a log as Parquet with a real engine; all columns are texts, by AWS's names for them. */
async function parquetOf(log: string, options: string): Promise<string> {
  const [, names = "", ...rows] = readFileSync(log, "utf8").trim().split("\n");
  const columns = names
    .replace("#Fields: ", "")
    .split(" ")
    .map(
      (name) =>
        `"${name
          .toLowerCase()
          .replaceAll(/[^a-z]+/g, "_")
          .replace(/_$/, "")}" VARCHAR`,
    );
  const values = rows.map(
    (row) =>
      `(${row
        .split("\t")
        .map((value) => `'${value}'`)
        .join(", ")})`,
  );
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`CREATE TABLE log (${columns.join(", ")})`);
  await connection.run(`INSERT INTO log VALUES ${values.join(", ")}`);
  const file = join(testFolder(), "log.parquet");
  await connection.run(`COPY log TO '${file}' (FORMAT parquet, ${options})`);
  connection.closeSync();
  return file;
}

describe("a log in Parquet", () => {
  it.each(["snappy", "zstd", "gzip", "brotli", "uncompressed"])(
    "that is compressed with %s gives the same report as the same lines",
    async (codec) => {
      const log = writeLog(lines);
      const file = await parquetOf(log, `COMPRESSION ${codec}`);
      const [ofLines, ofParquet] = [await replay(log, [site]), await replay(file, [site])];
      expect(ofParquet).toEqual({
        ...ofLines,
        a: { ...ofLines.a, assembly: ofParquet.a.assembly },
      });
      expect(ofParquet.a.resultTypes).toEqual({ Miss: 2, Error: 1, Hit: 1 });
    },
  );

  it("may have several row groups", async () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({ "cs-uri-stem": `/${index % 7}` }));
    const file = await parquetOf(writeLog(many), "ROW_GROUP_SIZE 2048");
    expect((await replay(file, [{}])).a).toMatchObject({ requests: 5000, statuses: { 200: 5000 } });
  });

  it("that is none of a distribution, or broken, is a broken line with the reason", async () => {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const other = join(testFolder(), "other.parquet");
    await connection.run(`COPY (SELECT 1 AS one) TO '${other}' (FORMAT parquet)`);
    connection.closeSync();
    expect((await replay(other, [{}])).brokenLines).toEqual([
      expect.objectContaining({
        reason:
          "the rest of the file cannot be read (Error: Parquet without the column cs_uri_stem)",
      }),
    ]);
    const broken = join(testFolder(), "broken.parquet");
    writeFileSync(broken, "PAR1 and no more");
    expect((await replay(broken, [{}])).lines).toMatchObject({ replayed: 0, broken: 1 });
  });
});
