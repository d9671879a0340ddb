import type { JourneyRecord } from "../edge-location/journey-record.ts";

/** What a record takes beside its texts: its own objects, and the headers of the messages. */
const bytesOfRecord = 4096;

/** Estimates the memory that a record keeps alive, by what was already counted for each invocation. */
export function recordBytes({ request, steps }: JourneyRecord): number {
  let bytes = bytesOfRecord + request.uri.length + request.querystring.length;
  for (const step of steps) {
    if ("run" in step) bytes += step.run.characters;
  }
  return bytes;
}
