import { createHash, createHmac } from "node:crypto";

const pattern = /^sha256:([\da-f]{16,64}):([\da-f]{64})$/;

/** A salt, and the HMAC-SHA-256 with it of name and password, hexadecimal. */
export type SaltedHash = readonly [salt: string, hash: string];

/** Returns the hash of a user's password. */
export function hashOf(name: string, password: string, salt: string): SaltedHash {
  return [salt, createHmac("sha256", salt).update(`${name}:${password}`).digest("hex")];
}

/** Returns a salt that is the user's own: the same options are the same bytes at each synth. */
export function saltOf(name: string): string {
  return createHash("sha256").update(`edge-auth ${name}`).digest("hex").slice(0, 16);
}

/** Returns a hash as options have it. */
export function hashText([salt, hash]: SaltedHash): string {
  return `sha256:${salt}:${hash}`;
}

/** Returns the hash that a text of options is, or undefined where it is none. */
export function readHash(text: string): SaltedHash | undefined {
  const [, salt, hash] = pattern.exec(text) ?? [];
  return salt === undefined || hash === undefined ? undefined : [salt, hash];
}
