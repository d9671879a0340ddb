/** What the inspector answered, or why it did not. */
export type Answered<T> = { readonly value: T } | { readonly problem: string };

/** Asks the inspector for something. */
export function ask<T>(path: string): Promise<Answered<T>> {
  return answerOf<T>(fetch(path));
}

/** Asks the inspector to do something. */
export function tell<T>(path: string, body: object = {}): Promise<Answered<T>> {
  return answerOf<T>(
    fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
}

async function answerOf<T>(asked: Promise<Response>): Promise<Answered<T>> {
  try {
    const response = await asked;
    const value = (await response.json()) as T & { readonly problem?: string };
    return response.ok ? { value } : { problem: value.problem ?? `Status ${response.status}.` };
  } catch {
    return { problem: "The local CloudFront does not answer. Has it ended?" };
  }
}
