import { accessLogFields, type LoggedExchange } from "./access-log-fields.ts";
import { encodeLogValue } from "./encode-log-value.ts";

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
