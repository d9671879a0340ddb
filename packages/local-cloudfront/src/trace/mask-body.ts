import { masked } from "./mask-header-value.ts";
import type { Masking } from "./masking.ts";

/** Shorter texts are words that occur anywhere. */
const minSecretCharacters = 6;

/** Names of members and fields whose values are secrets, beside those of masked headers. */
const secretName = /(?:passw(?:or)?d|passphrase|secret|token|api[-_]?key|credentials?)$/i;

/** A text in quotes, which may be cut off, or what stands between two of them. */
const jsonPart = /"(?:[^"\\]+|\\.?)*(?:"|$)|[^"]+/gs;
const formField = /(?<=^|&)(?<field>(?<name>[^=&\s]+)=)[^&\s]+/g;

/**
 * Returns the text of a body without the secrets in it: those of the message's own headers wherever they occur, and
 * the values of JSON members and form fields whose names are those of masked headers or speak of a secret.
 *
 * @param secrets as `Masking.secrets` returns them
 */
export function maskBody(
  text: string,
  masking: Pick<Masking, "masks">,
  secrets: readonly string[],
): string {
  const isSecret = (name: string): boolean => masking.masks(name) || secretName.test(name);
  let body = text;
  for (const secret of secrets) {
    if (secret.length >= minSecretCharacters) body = body.replaceAll(secret, masked);
  }
  return maskMembers(body, isSecret).replaceAll(
    formField,
    (pair: string, before: string, name: string) =>
      isSecret(decoded(name)) ? `${before}${masked}` : pair,
  );
}

/** In one pass: texts of JSON have JSON in them, whose quotes are no beginnings. */
function maskMembers(text: string, isSecret: (name: string) => boolean): string {
  const parts: string[] = text.match(jsonPart) ?? [];
  for (const [index, part] of parts.entries()) {
    const between = parts[index + 1] ?? "";
    if (!part.startsWith('"') || !/^\s*:/.test(between) || !isSecret(part.slice(1, -1))) continue;
    if (/^\s*:\s*$/.test(between) && parts[index + 2] !== undefined) {
      parts[index + 2] = `"${masked}"`;
    } else {
      parts[index + 1] = between.replace(/^(\s*:\s*)-?\d[\d.eE+-]*/, `$1"${masked}"`);
    }
  }
  return parts.join("");
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
