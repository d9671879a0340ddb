import { signal } from "@preact/signals";
import { tell } from "./ask.ts";
import { selectedId } from "./selection.ts";

/** What the last action came to, for all to read. */
export const notice = signal("");

/** Forgets all requests. */
export async function clearRequests(): Promise<void> {
  const answered = await tell("/api/clear");
  selectedId.value = undefined;
  notice.value = "problem" in answered ? answered.problem : "All requests are forgotten.";
}

/** Drops cached objects by path. */
export async function invalidate(paths: readonly string[]): Promise<void> {
  const answered = await tell<{ readonly objects: number }>("/api/invalidate", { paths });
  notice.value =
    "problem" in answered
      ? answered.problem
      : `${counted(answered.value.objects, "cached object")} dropped for ${paths.join(" ")}.`;
}

/** Sends a request again and shows the new one. */
export async function replay(requestId: string): Promise<void> {
  const answered = await tell<{ readonly requestId: string }>("/api/replay", { requestId });
  if ("problem" in answered) {
    notice.value = answered.problem;
    return;
  }
  notice.value = "Sent again: this is the new request.";
  selectedId.value = answered.value.requestId;
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
