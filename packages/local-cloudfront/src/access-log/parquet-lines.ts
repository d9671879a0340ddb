import * as zlib from "node:zlib";
import type { Compressors } from "hyparquet";
import { accessLogFields } from "./access-log-fields.ts";
import type { LoggedFieldName } from "./logged-request.ts";

const fieldNames: readonly LoggedFieldName[] = [
  ...(Object.keys(accessLogFields) as (keyof typeof accessLogFields)[]),
  "timestamp",
  "timestamp(ms)",
  "c-country",
  "weight",
];

/** Fields by the names that their columns have, as in `cs_user_agent`. */
const fieldsByColumn = new Map(fieldNames.map((name) => [columnOf(name), name]));

const compressors: Compressors = {
  GZIP: (input) => zlib.gunzipSync(input),
  BROTLI: (input) => zlib.brotliDecompressSync(input),
  ZSTD: (input) => zlib.zstdDecompressSync(input),
};

/** Whether a file is Parquet, by the four bytes that it begins with. */
export function isParquet(start: Buffer): boolean {
  return start.toString("latin1", 0, 4) === "PAR1";
}

/**
 * Yields the rows of a file in Apache Parquet, an output format of logging v2, as lines of JSON.
 *
 * @throws {Error} when it is none, or has no access log
 * @see https://docs.aws.amazon.com/athena/latest/ug/create-cloudfront-table-manual-parquet.html
 */
export async function* parquetLines(bytes: Buffer): AsyncGenerator<Buffer> {
  const { parquetMetadata, parquetReadObjects, parquetSchema } = await import("hyparquet");
  const { buffer, byteOffset, byteLength } = bytes;
  const file = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  const metadata = parquetMetadata(file);
  const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
  const fields = columns.flatMap((column) => {
    const field = fieldsByColumn.get(columnOf(column));
    return field === undefined ? [] : [{ column, field }];
  });
  if (!fields.some(({ field }) => field === "cs-uri-stem")) {
    throw new Error("Parquet without the column cs_uri_stem");
  }
  let rowStart = 0;
  for (const { num_rows: rowCount } of metadata.row_groups) {
    const rowEnd = rowStart + Number(rowCount);
    const read = { file, metadata, compressors, rowStart, rowEnd };
    const rows = await parquetReadObjects({ ...read, columns: fields.map(({ column }) => column) });
    for (const row of rows) {
      const values = fields.map(({ column, field }) => [field, textOf(row[column])]);
      yield Buffer.from(`${JSON.stringify(Object.fromEntries(values))}\n`);
    }
    rowStart = rowEnd;
  }
}

/** Columns have `_` where fields have other signs. */
function columnOf(field: string): string {
  return field
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, "_")
    .replace(/_$/, "");
}

function textOf(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}
