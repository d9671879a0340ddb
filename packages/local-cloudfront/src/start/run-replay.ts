import type { LogFile } from "../access-log/find-log-files.ts";
import type { Distribution } from "../distribution/distribution.ts";
import type { LocalCloudFrontOptions } from "../local-cloudfront-options.ts";
import { inTimeOrder } from "../replay/in-time-order.ts";
import { emptyReadLog, readLog, type ReadLog } from "../replay/read-log.ts";
import { replayLog } from "../replay/replay-log.ts";
import { ReplayMoment } from "../replay/replay-moment.ts";
import { replayReport, type ReplayReport } from "../replay/replay-report.ts";
import type { ReplaySide } from "../replay/replay-side.ts";
import { emptyTables, type ReplayTables } from "../replay/replay-tables.ts";
import { openReplaySide } from "./open-replay-side.ts";

/** What is replayed, and through what. */
export interface ReplayOptions {
  readonly files: readonly LogFile[];
  /** A, and B where there is one. */
  readonly sides: readonly LocalCloudFrontOptions[];
  /** The share of the paths whose requests are replayed, from 0 to 1. */
  readonly sample: number;
  readonly unmasked: boolean;
  /** What an invocation on Lambda@Edge takes, for what it costs. */
  readonly lambdaMilliseconds: number;
  /**
   * Returns the tables that are counted in, which may hold what an earlier replay of the same log has counted; is called
   * with the distributions.
   * @default - empty ones
   */
  readonly tablesOf?: (distributions: readonly Distribution[]) => ReplayTables;
  /** Ends the replay; the report shows what was counted so far. */
  readonly signal: AbortSignal;
  /** Is called after each request. */
  readonly onRequest?: (read: ReadLog, replayed: number) => void;
}

/** How far lines are brought into the order of their times: CloudFront writes them as they come in. */
const lookahead = 20_000;

/**
 * Replays access logs through one or two distributions.
 *
 * @throws {LocalCloudFrontError} when a distribution cannot run here
 */
export async function runReplay(options: ReplayOptions): Promise<ReplayReport> {
  const { files, sample, unmasked, signal, onRequest } = options;
  const moment = new ReplayMoment();
  const read = emptyReadLog();
  const sides: ReplaySide[] = [];
  try {
    for (const side of options.sides) {
      sides.push(openReplaySide(side, moment, sides[0]?.distribution));
    }
    const distributions = sides.map(({ distribution }) => distribution);
    const tables = options.tablesOf?.(distributions) ?? emptyTables(sides.length);
    await replayLog(inTimeOrder(readLog(files, { sample, read, signal }), lookahead), {
      sides,
      moment,
      tables,
      unmasked,
      signal,
      onRequest: (replayed) => onRequest?.(read, replayed),
    });
    const assemblies = sides.map(({ assembly }) => assembly);
    const reported = { ...options, assemblies, isInterrupted: signal.aborted };
    return replayReport(tables, read, reported);
  } finally {
    await Promise.all(sides.map((side) => side.close()));
  }
}
