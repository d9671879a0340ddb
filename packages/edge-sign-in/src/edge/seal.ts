import { EncryptJWT, jwtDecrypt, type JWTPayload } from "jose";

const crypto = process.getBuiltinModule("node:crypto");

/** What is sealed, for whom, and for how long. */
export interface SealOptions {
  /** Sealed for this audience, nothing else opens it: a cookie of another site or client is none here. */
  readonly audience: string;
  /** Seconds since 1970. */
  readonly now: number;
}

/** Seals texts into cookies, and opens them: encrypted and authenticated by AES-256-GCM (RFC 7516). */
export class Seal {
  readonly #keys: readonly Uint8Array[];

  /** @param texts Of the keys, with white space between. The first seals, each of them opens. */
  constructor(texts: string) {
    this.#keys = texts
      .trim()
      .split(/\s+/)
      .map((text) => crypto.createHash("sha256").update(text).digest());
  }

  /** @param seconds for which it opens */
  close(content: object, seconds: number, { audience, now }: SealOptions): Promise<string> {
    const [key = new Uint8Array()] = this.#keys;
    return new EncryptJWT({ ...content })
      .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
      .setAudience(audience)
      .setExpirationTime(Math.floor(now) + seconds)
      .encrypt(key);
  }

  /** Returns what was sealed; undefined for everything else. */
  async open<Content>(
    sealed: string,
    { audience, now }: SealOptions,
  ): Promise<(Content & JWTPayload) | undefined> {
    for (const key of this.#keys) {
      try {
        const { payload } = await jwtDecrypt<Content>(sealed, key, {
          audience,
          currentDate: new Date(now * 1000),
          keyManagementAlgorithms: ["dir"],
          contentEncryptionAlgorithms: ["A256GCM"],
        });
        return payload;
      } catch {
        // Another key, another site, too late, or nothing of ours.
      }
    }
    return undefined;
  }
}
