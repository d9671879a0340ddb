import { LocalCloudFrontError } from "../local-cloudfront-error.ts";

/** The columns of AWS's table for standard logs that make requests distinct, by the fields that they hold. */
const distinctColumns: Readonly<Record<string, string>> = {
  x_edge_location: "x-edge-location",
  cs_method: "cs-method",
  cs_host: "cs(Host)",
  cs_uri_stem: "cs-uri-stem",
  sc_status: "sc-status",
  cs_uri_query: "cs-uri-query",
  cs_cookie: "cs(Cookie)",
  x_edge_response_result_type: "x-edge-response-result-type",
  x_edge_detailed_result_type: "x-edge-detailed-result-type",
  x_host_header: "x-host-header",
  cs_protocol: "cs-protocol",
  cs_protocol_version: "cs-protocol-version",
  sc_content_type: "sc-content-type",
};

/**
 * Returns the statement for Amazon Athena that condenses a month of standard logs into the distinct requests of each
 * hour, with their weights. Its result, a CSV file, is a log that `replay` reads.
 *
 * @param table as in `cloudfront_standard_logs` or `logs.cloudfront_standard_logs`
 * @param month as in `2026-10`
 * @throws {LocalCloudFrontError} when the table has no valid name
 * @see https://docs.aws.amazon.com/athena/latest/ug/create-cloudfront-table-standard-logs.html
 */
export function athenaStatement(table: string, month: string): string {
  if (!/^\w+(?:\.\w+){0,2}$/.test(table)) {
    throw new LocalCloudFrontError(
      `Table has no valid name: got ${JSON.stringify(table)}. Pass one as in cloudfront_standard_logs or logs.cloudfront_standard_logs.`,
    );
  }
  const quotedTable = table
    .split(".")
    .map((name) => `"${name}"`)
    .join(".");
  const columns = Object.keys(distinctColumns);
  return `-- The distinct requests of each hour of ${month}, with their weights.
-- Without addresses, referrers and user agents, of which almost every viewer has others. Where no cookie is part of
-- the cache key and no function reads one, leave cs_cookie out, in both places: the result gets much smaller.
SELECT
  CAST("date" AS varchar) AS "date",
  min("time") AS "time",
${columns.map((column) => `  ${column} AS "${distinctColumns[column]}",`).join("\n")}
  CAST(round(avg(coalesce(sc_content_len, sc_bytes))) AS bigint) AS "sc-content-len",
  count(*) AS "weight"
FROM ${quotedTable}
WHERE "date" >= DATE '${month}-01' AND "date" < DATE '${month}-01' + INTERVAL '1' MONTH
GROUP BY "date", substr("time", 1, 2),
  ${columns.join(", ")}
ORDER BY "date", "time";
`;
}

/** Returns the latest whole month before a moment, in UTC, as in `2026-10`. */
export function monthBefore(nowMs: number): string {
  const now = new Date(nowMs);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1)).toISOString().slice(0, 7);
}
