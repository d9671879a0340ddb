import type { LoggedRequest } from "../access-log/logged-request.ts";
import { compare } from "./differences.ts";
import { count } from "./frequent.ts";
import { KeyCosts } from "./key-costs.ts";
import { maskingOf, noMasking, type Masking } from "./masking.ts";
import type { ReplayMoment } from "./replay-moment.ts";
import { replayedRequest, type ReplayedRequest } from "./replayed-request.ts";
import type { ReplaySide } from "./replay-side.ts";
import type { ReplayTables } from "./replay-tables.ts";
import { add, countCache, tally } from "./side-tally.ts";
import { viewerRequestOf } from "./viewer-request-of.ts";

/** How a log is replayed. */
export interface ReplayLogOptions {
  /** A, and B where there is one. */
  readonly sides: readonly ReplaySide[];
  readonly moment: ReplayMoment;
  /** What was counted already, and to which is added. */
  readonly tables: ReplayTables;
  /** Whether the tables may hold addresses, and the values of query strings and cookies. */
  readonly unmasked: boolean;
  /** Ends the replay after the request that is under way. */
  readonly signal: AbortSignal;
  readonly onRequest: (replayed: number) => void;
}

/** Of what was counted before, so many lines are replayed again, uncounted, so that caches are not empty. */
const warmUpLines = 100_000;

/**
 * Sends the requests of a log through one or two distributions, one after the other, and counts what becomes of them.
 *
 * @param requests all of the log in their order, those too that the tables count already
 */
export async function replayLog(
  requests: AsyncIterable<LoggedRequest>,
  { sides, moment, tables, unmasked, signal, onRequest }: ReplayLogOptions,
): Promise<void> {
  const replay = new Replay(sides, moment, tables, unmasked);
  const counted = tables.replayed;
  let line = 0;
  for await (const logged of requests) {
    if (signal.aborted) break;
    line += 1;
    if (line <= counted - warmUpLines) continue;
    await replay.line(logged, line > counted);
    onRequest(line);
  }
  replay.end();
}

class Replay {
  readonly #sides: readonly ReplaySide[];
  readonly #moment: ReplayMoment;
  readonly #tables: ReplayTables;
  readonly #unmasked: boolean;
  readonly #keys: readonly KeyCosts[];

  constructor(
    sides: readonly ReplaySide[],
    moment: ReplayMoment,
    tables: ReplayTables,
    unmasked: boolean,
  ) {
    this.#sides = sides;
    this.#moment = moment;
    this.#tables = tables;
    this.#unmasked = unmasked;
    this.#keys = tables.sides.map(({ keys }) => new KeyCosts(keys.whole, keys.parts));
  }

  async line(logged: LoggedRequest, isCounted: boolean): Promise<void> {
    const tables = this.#tables;
    const isLate = this.#moment.begin(logged);
    const masking = this.#unmasked ? noMasking : maskingOf(logged);
    if (isCounted) {
      tables.replayed += 1;
      if (isLate) tables.late += 1;
      tables.firstMs = Math.min(tables.firstMs ?? Infinity, logged.receivedAtMs);
      tables.lastMs = Math.max(tables.lastMs ?? 0, logged.receivedAtMs);
      countLogged(tables, logged);
    }
    // Of requests that a condensed line stands for, only the first finds the cache as it was.
    await this.#send(logged, isCounted ? 1 : 0, masking);
    if (logged.weight === 1) return;
    this.#moment.begin(logged);
    await this.#send(logged, isCounted ? logged.weight - 1 : 0, masking);
  }

  async #send(logged: LoggedRequest, weight: number, masking: Masking): Promise<void> {
    const replayed = await Promise.all(
      this.#sides.map((_, index) => this.#sendThrough(index, logged, weight, masking)),
    );
    const [a, b] = replayed;
    if (weight === 0 || a === undefined) return;
    if (!isStatusOf(logged, a)) {
      const example = {
        path: masking.text(logged.uri),
        before: String(logged.status),
        after: String(a.status),
      };
      count(this.#tables.logDifferences, JSON.stringify(example), weight);
    }
    if (b !== undefined) compare(this.#tables.differences, logged.uri, [a, b], weight, masking);
  }

  async #sendThrough(
    index: number,
    logged: LoggedRequest,
    weight: number,
    masking: Masking,
  ): Promise<ReplayedRequest> {
    const side = this.#sides[index];
    const tables = this.#tables.sides[index];
    if (side === undefined || tables === undefined) throw new TypeError(`No side ${index}.`);
    const { edgeLocation, distribution, viewer } = side;
    const { record } = await edgeLocation.handle(
      viewerRequestOf(logged, distribution.domainName, viewer),
    );
    await edgeLocation.idle();
    const replayed = replayedRequest(record);
    const { lookup } = replayed;
    if (lookup !== undefined) {
      this.#keys[index]?.add(lookup.key, lookup.lifetime, {
        location: logged.edgeLocation ?? "",
        nowMs: this.#moment.now(),
        weight,
      });
    }
    tables.tally.unknownResponses += side.takeUnknownResponses() * weight;
    if (weight > 0) tally(tables.tally, logged.method, replayed, weight, masking);
    return replayed;
  }

  end(): void {
    for (const [index, { whole, parts, unexaminedParts }] of this.#keys.entries()) {
      const side = this.#tables.sides[index];
      if (side !== undefined) side.keys = { whole, parts, unexamined: unexaminedParts };
    }
  }
}

function countLogged({ log }: ReplayTables, logged: LoggedRequest): void {
  const { status, resultType = "-", method, weight } = logged;
  log.requests += weight;
  add(log.statuses, status, weight);
  add(log.resultTypes, resultType, weight);
  countCache(log.cache, method, resultType, weight);
}

/** The log has no conditions and no ranges: what they make of a 200 is no difference. */
function isStatusOf({ status }: LoggedRequest, replayed: ReplayedRequest): boolean {
  if (status === 0) return true;
  return replayed.status === (status === 206 || status === 304 ? 200 : status);
}
