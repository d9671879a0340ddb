/** What is different in a request that is sent again; what is undefined stays as it was. */
export interface RequestEdits {
  readonly method?: string | undefined;
  /** With its query string; starts with `/`. */
  readonly path?: string | undefined;
  /** All of them, names and values; a value that is masked stands for the one that it masks. */
  readonly headers?: readonly (readonly [name: string, value: string])[] | undefined;
  readonly body?: string | undefined;
}

/** Reads the edits of a request to the inspector; undefined where one has not its type. */
export function readRequestEdits(
  json: Readonly<Record<string, unknown>>,
): RequestEdits | undefined {
  const { method, path, headers, body } = json;
  return isOptionalText(method) &&
    isOptionalText(path) &&
    isOptionalText(body) &&
    (headers === undefined || isHeaderList(headers))
    ? { method, path, headers, body }
    : undefined;
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === "string";
}

function isHeaderList(value: unknown): value is (readonly [string, string])[] {
  return (
    Array.isArray(value) &&
    value.every(
      (line: unknown) =>
        Array.isArray(line) &&
        line.length === 2 &&
        line.every((part: unknown) => typeof part === "string"),
    )
  );
}
