/** What the inspector returned, or why it returned nothing. */
export type ApiResult<T> = { readonly value: T } | { readonly problem: string };

/** Asks the inspector for something. */
export function ask<T>(path: string): Promise<ApiResult<T>> {
  return finish<T>(fetch(path));
}

/** Asks the inspector to do something. */
export function post<T>(path: string, body: object = {}): Promise<ApiResult<T>> {
  return finish<T>(
    fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
}

async function finish<T>(asked: Promise<Response>): Promise<ApiResult<T>> {
  try {
    const response = await asked;
    const value = (await response.json()) as T & { readonly problem?: string };
    return response.ok ? { value } : { problem: value.problem ?? `Status ${response.status}.` };
  } catch {
    return { problem: "The local CloudFront does not respond. Has it ended?" };
  }
}
