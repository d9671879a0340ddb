import type { PublicKey } from "./compiled-edge-auth.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { EdgeAuthPorts } from "./edge-auth-ports.ts";
import { publicKeyOf } from "./public-keys.ts";

interface FetchedKeys {
  readonly keys: readonly PublicKey[];
  readonly triedAt: number;
  /** Whether the last try succeeded. */
  readonly isCurrent: boolean;
}

/** After that keys are fetched anew, so that one that was withdrawn counts no longer. */
const oldAfterMs = 10 * 60_000;
/** So often at most, whatever tokens come: a token with an unknown key asks for it. */
const soonAfterMs = 30_000;
/** A viewer-request function has five seconds. */
const timeoutMs = 2000;

/** Keys of issuers, for as long as the execution environment lives. While an issuer is down the last ones count. */
export class RemoteKeys {
  readonly #clock: Clock;
  readonly #fetch: NonNullable<EdgeAuthPorts["fetch"]>;
  readonly #fetched = new Map<string, FetchedKeys>();

  constructor({ clock = systemClock, fetch = globalThis.fetch }: EdgeAuthPorts) {
    this.#clock = clock;
    this.#fetch = fetch;
  }

  /** Returns the keys that are known; none before the first fetch. */
  of(url: string): readonly PublicKey[] {
    return this.#fetched.get(url)?.keys ?? [];
  }

  /**
   * Fetches keys that are old, or that lack one, unless that was tried a moment ago.
   *
   * @returns Whether they have been fetched.
   */
  async refresh(url: string, why: "old" | "unknown"): Promise<boolean> {
    const now = this.#clock.now();
    const before = this.#fetched.get(url);
    const waitMs = why === "old" && before?.isCurrent === true ? oldAfterMs : soonAfterMs;
    if (before !== undefined && now - before.triedAt < waitMs) return false;
    const keys = await this.#fetchKeys(url);
    const isCurrent = keys !== undefined;
    this.#fetched.set(url, { keys: keys ?? this.of(url), triedAt: now, isCurrent });
    return isCurrent;
  }

  async #fetchKeys(url: string): Promise<readonly PublicKey[] | undefined> {
    try {
      const response = await this.#fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
      const { keys } = (await response.json()) as { readonly keys: readonly object[] };
      const usable = keys.flatMap((key) => publicKeyOf({ ...key }) ?? []);
      return response.ok && usable.length > 0 ? usable : undefined;
    } catch {
      return undefined;
    }
  }
}
