import { isDisallowedHeader } from "cf-rules";
import type { EventHeaders } from "cf-types";
import { bytesOfText, textOfBytes } from "./byte-string.ts";
import { emptyHeaders } from "./empty-headers.ts";
import type { HttpHeaders } from "./http-message.ts";

/** Headers as a function sees them, and those that are hidden from it (LE-C-01). */
export interface VisibleHeaders {
  /** Values as text (LE-B-18); the very same object where that changes nothing and nothing is hidden. */
  readonly visible: HttpHeaders;
  readonly hidden: HttpHeaders | undefined;
}

/** Parts the headers that functions may see from those that are disallowed. */
export function visibleHeaders(headers: HttpHeaders): VisibleHeaders {
  const names = Object.keys(headers);
  const hiddenNames = names.filter(isDisallowedHeader);
  if (hiddenNames.length === 0 && names.every((name) => isText(headers[name]))) {
    return { visible: headers, hidden: undefined };
  }
  const visible = emptyHeaders();
  const hidden = emptyHeaders();
  for (const name of names) {
    const lines = headers[name] ?? [];
    if (hiddenNames.includes(name)) hidden[name] = lines;
    else visible[name] = isText(lines) ? lines : lines.map(asText);
  }
  return { visible, hidden: hiddenNames.length === 0 ? undefined : hidden };
}

function isText(lines: HttpHeaders[string] = []): boolean {
  return lines.every(({ value }) => textOfBytes(value) === value);
}

function isAscii(lines: HttpHeaders[string]): boolean {
  return lines.every(({ value }) => bytesOfText(value) === value);
}

function asText({ key, value }: HttpHeaders[string][number]): HttpHeaders[string][number] {
  return { key, value: textOfBytes(value) };
}

/**
 * Returns the headers that go on, with those that were hidden from the function: what it left alone
 * in the bytes in which it came, the rest in UTF-8 (LE-B-19).
 */
export function headersAfter(
  accepted: EventHeaders,
  before: HttpHeaders,
  { visible, hidden }: VisibleHeaders,
): HttpHeaders {
  if (accepted === visible) return before;
  // Where nothing is hidden and everything is ASCII, text and bytes are the same.
  if (visible === before && Object.values(accepted).every(isAscii)) return accepted;
  const headers = emptyHeaders();
  for (const name of Object.keys(accepted)) {
    const lines = accepted[name] ?? [];
    const linesBefore = before[name] ?? [];
    headers[name] = lines === visible[name] ? linesBefore : linesAfter(lines, linesBefore);
  }
  return Object.assign(headers, hidden);
}

function linesAfter(lines: HttpHeaders[string], before: HttpHeaders[string]): HttpHeaders[string] {
  return lines.map((line, index) => {
    const sameText = [before[index], ...before].find(
      (candidate) => candidate !== undefined && textOfBytes(candidate.value) === line.value,
    );
    return { key: line.key, value: sameText?.value ?? bytesOfText(line.value) };
  });
}

/** Returns a text as it goes on: in its own bytes where the function left it alone (LE-B-19). */
export function bytesAfter(text: string, before: string): string {
  return textOfBytes(before) === text ? before : bytesOfText(text);
}
