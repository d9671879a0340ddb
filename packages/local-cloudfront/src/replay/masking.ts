import type { LoggedRequest } from "../access-log/logged-request.ts";
import { textOfBytes } from "../http/byte-string.ts";
import { masked } from "../trace/mask-header-value.ts";
import { createMasking, defaultMaskedHeaders } from "../trace/masking.ts";

/** How a report shows what a request had, and what became of it. */
export interface Masking {
  /** Any text: a path, a URL, a sentence. */
  text(bytes: string): string;
  /** The value of a response header. */
  header(name: string, value: string): string;
}

const maxShownCharacters = 300;
const headerMasking = createMasking(defaultMaskedHeaders);

/** Shows all there is. */
export const noMasking: Masking = { text: shown, header: (_, value) => shown(value) };

/** Hides the addresses, the values of query strings and those of cookies, wherever they have got to. */
export function maskingOf(logged: LoggedRequest): Masking {
  let secrets: readonly string[] | undefined;
  const text = (bytes: string): string => {
    secrets ??= secretsOf(logged);
    const hidden = secrets.reduce((rest, secret) => rest.replaceAll(secret, masked), bytes);
    return shown(
      hidden
        .replaceAll(/([?&][^=&#\s"]*=)[^&#\s"]+/g, `$1${masked}`)
        .replaceAll(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g, masked),
    );
  };
  return { text, header: (name, value) => text(headerMasking.value(name, value)) };
}

/** Shorter values are found where they are none. */
const minSecretCharacters = 4;

function secretsOf({ clientIp, forwardedFor, querystring, cookie }: LoggedRequest): string[] {
  const values = [...(querystring?.split("&") ?? []), ...(cookie?.split(";") ?? [])]
    .map((pair) => pair.slice(pair.indexOf("=") + 1).trim())
    .flatMap((value) => [value, decoded(value)]);
  return [clientIp ?? "", ...(forwardedFor?.split(/,\s*/) ?? []), ...values]
    .filter((value) => value.length >= minSecretCharacters)
    .toSorted((a, b) => b.length - a.length);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
}

/** One line of a bounded length, without what steers a terminal. */
function shown(bytes: string): string {
  const text = textOfBytes(bytes).replaceAll(
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    /[\0-\x1f\x7f-\x9f\u2028-\u202e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return text.length > maxShownCharacters ? `${text.slice(0, maxShownCharacters)}…` : text;
}
