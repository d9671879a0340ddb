import type { LoggedRequest } from "../access-log/logged-request.ts";
import { CacheTurns, type Turn } from "./cache-turns.ts";
import { compare } from "./differences.ts";
import { count } from "./frequent.ts";
import { KeyCosts } from "./key-costs.ts";
import { maskingOf, noMasking, type Masking } from "./masking.ts";
import type { WaitingRequest } from "./read-log.ts";
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
  /** Ends the replay: requests that are under way are not counted any more. */
  readonly signal: AbortSignal;
  readonly onRequest: (replayed: number) => void;
}

/** Of what was counted before, so many lines are replayed again, uncounted, so that caches are not empty. */
const warmUpLines = 100_000;

/**
 * Lines that are under way at once: functions run in threads of their own, and waking one for each request costs more
 * than most functions. More would start more threads where functions are slow.
 */
const mostUnderWay = 16;

/**
 * Sends the requests of a log through one or two distributions, and counts what becomes of them in the order of the
 * log. Functions run for several requests at once; in the cache and at origins, one request follows the other.
 *
 * @param requests all of the log in their order, those too that the tables count already
 */
export async function replayLog(
  requests: AsyncIterable<WaitingRequest>,
  { sides, moment, tables, unmasked, signal, onRequest }: ReplayLogOptions,
): Promise<void> {
  const replay = new Replay(sides, moment, tables, unmasked);
  const alreadyCounted = tables.replayed;
  const underWay: Promise<ReplayedLine>[] = [];
  let sent = 0;
  let done = 0;
  const countFirst = async (): Promise<void> => {
    const first = await underWay.shift();
    if (first === undefined || signal.aborted) return;
    done += 1;
    replay.count(first, done > alreadyCounted);
    onRequest(done);
  };
  for await (const request of requests) {
    if (signal.aborted) break;
    sent += 1;
    if (sent <= alreadyCounted - warmUpLines) {
      done += 1;
      continue;
    }
    underWay.push(replay.send(request.read()));
    if (underWay.length === mostUnderWay) await countFirst();
  }
  while (underWay.length > 0) await countFirst();
}

/** What became of the requests that one line stands for. */
interface ReplayedLine {
  readonly logged: LoggedRequest;
  readonly nowMs: number;
  readonly isLate: boolean;
  /** By side. */
  readonly first: readonly ReplayedRequest[];
  /** Of all but the first, which alone finds the cache as it was; undefined where there are no others. */
  readonly others: readonly ReplayedRequest[] | undefined;
}

class Replay {
  readonly #sides: readonly { readonly side: ReplaySide; readonly turns: CacheTurns }[];
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
    this.#sides = sides.map((side) => ({ side, turns: new CacheTurns() }));
    this.#moment = moment;
    this.#tables = tables;
    this.#unmasked = unmasked;
    this.#keys = tables.sides.map(({ keys }) => new KeyCosts(keys));
  }

  async send(logged: LoggedRequest): Promise<ReplayedLine> {
    const isLate = this.#moment.advance(logged);
    const nowMs = this.#moment.now();
    const [first, others] = await Promise.all([
      this.#sendOnce(logged),
      logged.weight > 1 ? this.#sendOnce(logged) : undefined,
    ]);
    return { logged, nowMs, isLate, first, others };
  }

  #sendOnce(logged: LoggedRequest): Promise<readonly ReplayedRequest[]> {
    return Promise.all(
      this.#sides.map(({ side, turns }) => this.#sendThrough(side, turns.next(), logged)),
    );
  }

  async #sendThrough(
    { edgeLocation, distribution, viewer }: ReplaySide,
    turn: Turn,
    logged: LoggedRequest,
  ): Promise<ReplayedRequest> {
    const sent = this.#moment.request(logged);
    const request = viewerRequestOf(logged, distribution.domainName, viewer);
    const { record } = await this.#moment.serve(sent, () =>
      edgeLocation.handle(request, turn.take),
    );
    turn.leave();
    return replayedRequest(record, sent.unknownResponses);
  }

  count(line: ReplayedLine, isCounted: boolean): void {
    const tables = this.#tables;
    const { logged, isLate, first, others } = line;
    const masking = this.#unmasked ? noMasking : maskingOf(logged);
    if (isCounted) {
      tables.replayed += 1;
      if (isLate) tables.late += 1;
      tables.firstMs = Math.min(tables.firstMs ?? Infinity, logged.receivedAtMs);
      tables.lastMs = Math.max(tables.lastMs ?? 0, logged.receivedAtMs);
      countLogged(tables, logged);
    }
    this.#countSent(line, first, isCounted ? 1 : 0, masking);
    if (others !== undefined) {
      this.#countSent(line, others, isCounted ? logged.weight - 1 : 0, masking);
    }
  }

  #countSent(
    { logged, nowMs }: ReplayedLine,
    replayed: readonly ReplayedRequest[],
    weight: number,
    masking: Masking,
  ): void {
    for (const [index, tables] of this.#tables.sides.entries()) {
      const ofSide = replayed[index];
      if (ofSide === undefined) continue;
      if (ofSide.lookup !== undefined) {
        this.#keys[index]?.add(ofSide.lookup.key, ofSide.lookup.lifetime, {
          location: logged.edgeLocation ?? "",
          nowMs,
          weight,
        });
      }
      if (weight > 0) tally(tables.tally, logged.method, ofSide, weight, masking);
    }
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
