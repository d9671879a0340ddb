import { signal } from "@preact/signals";
import type { RequestEdits } from "../../../src/inspector/request-edits.ts";
import type { Trace } from "../../../src/trace/trace.ts";
import { ask, post } from "./ask.ts";
import { loadBodies } from "./bodies.ts";
import { curlCommand } from "./curl-command.ts";
import { editedRequest } from "./edit-request.ts";
import { selectedId } from "./selection.ts";

/** What the last action came to, for all to read. */
export const notice = signal("");

/** Forgets all requests. */
export async function clearRequests(): Promise<void> {
  const result = await post("/api/clear");
  selectedId.value = undefined;
  notice.value = "problem" in result ? result.problem : "All requests are forgotten.";
}

/** Drops cached objects by path. */
export async function invalidate(paths: readonly string[]): Promise<void> {
  const result = await post<{ readonly objects: number }>("/api/invalidate", { paths });
  notice.value =
    "problem" in result
      ? result.problem
      : `${counted(result.value.objects, "cached object")} dropped for ${paths.join(" ")}.`;
}

/** Sends a request again, edited or not, and shows the new one; returns why it could not be sent. */
export async function replay(
  requestId: string,
  edits: RequestEdits = {},
): Promise<string | undefined> {
  const sent = { requestId, ...edits };
  const result = await post<{ readonly requestId: string }>("/api/replay", sent);
  if ("problem" in result) {
    notice.value = result.problem;
    return result.problem;
  }
  editedRequest.value = undefined;
  notice.value = "Sent again: this is the new request.";
  selectedId.value = result.value.requestId;
  return undefined;
}

/** Copies a request as a curl command, with its body where that is a text and kept whole. */
export async function copyAsCurl(url: string, { requestId, request }: Trace): Promise<void> {
  const loaded = request.bodyBytes === 0 ? undefined : await loadBodies(requestId);
  const body = loaded !== undefined && "value" in loaded ? loaded.value.request : undefined;
  const isWhole = body?.shownBytes === body?.totalBytes && body?.decodedFrom === undefined;
  await copy(curlCommand(url, request, isWhole ? body?.text : undefined), "The curl command");
}

/** Copies a request as a test that sends it again. */
export async function copyAsTest(requestId: string): Promise<void> {
  const result = await ask<{ readonly test: string }>(`/api/requests/${requestId}/test`);
  if ("problem" in result) notice.value = result.problem;
  else await copy(result.value.test, "The test");
}

/** Copies a text. */
export async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notice.value = `${what} is copied.`;
  } catch {
    notice.value = `${what} cannot be copied: the browser does not allow it.`;
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
