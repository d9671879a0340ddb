import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it, vi } from "vitest";
import { athenaStatement, monthBefore } from "../../src/replay/athena-statement.ts";
import { replay, testFolder, writeLog } from "../support/replay.ts";

vi.setConfig({ testTimeout: 60_000 });

/** The columns of AWS's table, as the page on Athena and standard logs has them. */
const columns = `"date" DATE, "time" STRING, x_edge_location STRING, sc_bytes BIGINT, c_ip STRING,
  cs_method STRING, cs_host STRING, cs_uri_stem STRING, sc_status INT, cs_referrer STRING,
  cs_user_agent STRING, cs_uri_query STRING, cs_cookie STRING, x_edge_result_type STRING,
  x_edge_request_id STRING, x_host_header STRING, cs_protocol STRING, cs_bytes BIGINT,
  time_taken FLOAT, x_forwarded_for STRING, ssl_protocol STRING, ssl_cipher STRING,
  x_edge_response_result_type STRING, cs_protocol_version STRING, fle_status STRING,
  fle_encrypted_fields INT, c_port INT, time_to_first_byte FLOAT,
  x_edge_detailed_result_type STRING, sc_content_type STRING, sc_content_len BIGINT,
  sc_range_start BIGINT, sc_range_end BIGINT`;

/** Path, time, status and bytes of requests; a path may have commas and quotes. */
const requests = [
  ["2026-10-31", "23:59:59", "/a", 200, 100],
  ["2026-11-01", "00:00:07", "/a", 200, 100],
  ["2026-11-01", "00:00:05", "/a", 200, 102],
  ["2026-11-01", "01:00:00", "/a", 200, 100],
  ["2026-11-01", "01:00:00", '/b,"c"', 404, 10],
  ["2026-12-01", "00:00:00", "/a", 200, 100],
] as const;

/** Runs the statement in a real engine, and returns the CSV of its result. */
async function condensed(): Promise<string> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`CREATE SCHEMA logs; CREATE TABLE logs.cloudfront (${columns})`);
  for (const [date, time, stem, status, bytes] of requests) {
    const type = status === 404 ? "Error" : "Miss";
    await connection.run(`INSERT INTO logs.cloudfront
      ("date", "time", x_edge_location, sc_bytes, cs_method, cs_host, cs_uri_stem, sc_status, cs_uri_query, cs_cookie,
       x_edge_response_result_type, x_edge_detailed_result_type, x_host_header, cs_protocol, cs_protocol_version,
       sc_content_type, sc_content_len)
      VALUES ('${date}', '${time}', 'FRA56-P1', 500, 'GET', 'localhost', '${stem}', ${status}, '-', '-',
       '${type}', '${type}', 'localhost', 'https', 'HTTP/2.0', 'text/html', ${status === 404 ? "NULL" : bytes})`);
  }
  const file = join(testFolder(), "result.csv");
  const statement = athenaStatement("logs.cloudfront", "2026-11").replace(/;\s*$/, "");
  await connection.run(`COPY (${statement}) TO '${file}' (HEADER, FORCE_QUOTE *)`);
  connection.closeSync();
  return file;
}

describe("the statement for Athena", () => {
  it("condenses a month into the distinct requests of each hour, which replay reads with their weights", async () => {
    const report = await replay(await condensed(), [{}]);
    expect(report.brokenLines).toEqual([]);
    expect(report.lines.replayed).toBe(3);
    expect(report.log).toMatchObject({ requests: 4, statuses: { 200: 3, 404: 1 } });
    expect(report.a).toMatchObject({
      requests: 4,
      statuses: { 200: 3, 404: 1 },
      resultTypes: { Miss: 1, Hit: 2, Error: 1 },
      // The average of 100 and 102, and where there is no length of the body that of the response.
      originBytes: 101 + 500,
    });
    expect(report.period?.from).toBe("2026-11-01T00:00:05.000Z");
  });

  it("gives the same as the log itself, where no two requests of an hour differ", async () => {
    const log = writeLog(
      requests.slice(1, 5).map(([date, time, stem, status]) => ({
        date,
        time,
        "cs-uri-stem": encodeURI(stem),
        "sc-status": status,
        "x-edge-result-type": status === 404 ? "Error" : "Miss",
      })),
    );
    const [ofLog, ofStatement] = [await replay(log, [{}]), await replay(await condensed(), [{}])];
    expect(ofStatement.a.resultTypes).toEqual(ofLog.a.resultTypes);
    expect(ofStatement.a.hitRatio).toBe(ofLog.a.hitRatio);
  });

  it("is of the latest whole month", () => {
    expect(monthBefore(Date.UTC(2026, 0, 1))).toBe("2025-12");
    expect(monthBefore(Date.UTC(2026, 10, 30, 23))).toBe("2026-10");
  });

  it.each(['logs"; DROP TABLE x', "", "a b", "a.b.c.d"])("refuses the table %j", (table) => {
    expect(() => athenaStatement(table, "2026-10")).toThrow("Table has no valid name");
  });
});
