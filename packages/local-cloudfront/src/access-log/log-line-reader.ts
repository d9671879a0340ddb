import {
  readLoggedRequest,
  type BrokenLine,
  type LoggedField,
  type LoggedRequest,
} from "./logged-request.ts";

/** Reads a line about a request, in one format. */
export type LineFormat = (line: string) => LoggedRequest | BrokenLine;

/**
 * Reads the lines of one file of access logs, in whichever format it has: tab-separated with its fields in `#Fields:`
 * (W3C), one JSON object a line (logging v2), or CSV with the fields in its first line (a query's result).
 */
export class LogLineReader {
  /** Undefined until a line has named the fields. */
  #format: LineFormat | undefined;

  /** Returns what reads a line; undefined where it is about no request. */
  formatOf(line: string): LineFormat | undefined {
    if (line.trim() === "") return undefined;
    if (line.startsWith("#")) {
      if (/^#fields:/i.test(line)) {
        const names = line.slice("#Fields:".length).trim().split(/\s+/);
        this.#format = valuesFormat(names, (values) => values.split("\t"));
      }
      return undefined;
    }
    if (line.startsWith("{")) return readJson;
    if (this.#format !== undefined) return this.#format;
    const names = readCsv(line.replace(/^(?:\uFEFF|\u00EF\u00BB\u00BF)/, ""));
    if (!names.includes("cs-uri-stem")) return readUnknown;
    this.#format = valuesFormat(names, readCsv);
    return undefined;
  }

  /** Returns what a line tells; undefined where it is about no request. */
  read(line: string): LoggedRequest | BrokenLine | undefined {
    return this.formatOf(line)?.(line);
  }
}

function valuesFormat(
  names: readonly string[],
  separate: (line: string) => readonly string[],
): LineFormat {
  const fields = new Map(names.map((name, index) => [name, index]));
  return (line) => {
    const values = separate(line);
    if (values.length !== fields.size) {
      return { reason: `${values.length} fields where ${fields.size} are named` };
    }
    return readLoggedRequest((name) => {
      const index = fields.get(name);
      return index === undefined ? undefined : values[index];
    });
  };
}

function readUnknown(): BrokenLine {
  return { reason: "no #Fields: line, no JSON, and no CSV with the field cs-uri-stem before it" };
}

function readJson(line: string): LoggedRequest | BrokenLine {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return { reason: "not JSON" };
  }
  const members = new Map(Object.entries(parsed as object));
  const field: LoggedField = (name) => {
    const value: unknown = members.get(name);
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  };
  return readLoggedRequest(field);
}

/** Returns the values of one line of CSV (RFC 4180); a quoted value may hold commas and doubled quotes. */
function readCsv(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare = ""]) => quoted?.replaceAll('""', '"') ?? bare,
  );
}
