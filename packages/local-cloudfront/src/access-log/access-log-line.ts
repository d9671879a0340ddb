import { asBytes } from "../http/byte-string.ts";
import { accessLogFields, type LoggedExchange } from "./access-log-fields.ts";

/** The two lines that a standard log begins with (CF-K-01). */
export const accessLogHeader: readonly string[] = [
  "#Version: 1.0",
  `#Fields: ${Object.keys(accessLogFields).join(" ")}`,
];

/** Statuses of requests too large to be logged: nobody knows all of their head (CF-J-10, CF-K-09). */
const unlogged: ReadonlySet<number | undefined> = new Set([414, 494]);

/** Returns the line of an exchange, its fields separated by tabs; undefined where it gets none. */
export function accessLogLine(exchange: LoggedExchange): string | undefined {
  if (unlogged.has(exchange.viewerRequest.problem?.status)) return undefined;
  return Object.values(accessLogFields)
    .map((field) => encodeLogValue(field(exchange)))
    .join("\t");
}

/** Beside what is no printable ASCII, the page's table lists these. */
const encoded = /[^\u0021-\u007e]|[<>"#%{}|\\^~[\]`']/gu;

/**
 * Writes a value as it stands in an access log: URL-encoded as CloudFront does it, `-` for none.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
 */
export function encodeLogValue(value: string | undefined): string {
  if (value === undefined || value === "") return "-";
  return value.replaceAll(encoded, percentEncoded);
}

/** Values from the network are bytes, one a character (LE-B-18); what is none goes as UTF-8. */
function percentEncoded(character: string): string {
  const isByte = character.length === 1 && character.charCodeAt(0) <= 0xff;
  return [...Buffer.from(character, isByte ? "latin1" : "utf8")]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
}

/**
 * Reads a value as it stands in an access log: one character a byte, undefined for `-`. What is no URL encoding stays
 * as it is.
 */
export function decodeLogValue(value: string): string | undefined {
  if (value === "-" || value === "") return undefined;
  const bytes = asBytes(value);
  if (!bytes.includes("%")) return bytes;
  return bytes.replaceAll(/%([\dA-Fa-f]{2})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
