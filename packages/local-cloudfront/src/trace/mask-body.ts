import { masked } from "./mask-header-value.ts";
import type { Masking } from "./masking.ts";

/** Shorter texts are words that occur anywhere. */
const minSecretCharacters = 6;

/** Names of members and fields whose values are secrets, beside those of masked headers. */
const secretName = /(?:passw(?:or)?d|passphrase|secret|token|api[-_]?key|credentials?)$/i;

const jsonMember = /("(?<name>(?:[^"\\]|\\.)*)"\s*:\s*)(?:"(?:[^"\\]|\\.)*(?:"|$)|-?\d[\d.eE+-]*)/g;
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
  return body
    .replaceAll(jsonMember, (member: string, before: string, name: string) =>
      isSecret(name) ? `${before}"${masked}"` : member,
    )
    .replaceAll(formField, (pair: string, before: string, name: string) =>
      isSecret(decoded(name)) ? `${before}${masked}` : pair,
    );
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
