import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { findLogFiles } from "../../src/access-log/find-log-files.ts";
import { ReplayStateFile } from "../../src/command/replay-state.ts";
import type { ReplayReport } from "../../src/replay/replay-report.ts";
import { emptyTables } from "../../src/replay/replay-tables.ts";
import { replay, testFolder, writeLog, writeTemplate } from "../support/replay.ts";
import { runReplay } from "../../src/start/run-replay.ts";

vi.setConfig({ testTimeout: 60_000 });

const log = () =>
  writeLog(
    Array.from({ length: 60 }, (_, index) => ({
      "cs-uri-stem": `/${index % 7}`,
      "cs(Cookie)": `theme=${index % 2}`,
    })),
  );

const site = {
  cachePolicy: {
    ParametersInCacheKeyAndForwardedToOrigin: {
      CookiesConfig: { CookieBehavior: "whitelist", Cookies: ["theme"] },
    },
  },
};

/** Replays with a state file, until so many lines were replayed. */
async function replayUntil(
  file: string,
  assembly: string,
  state: string,
  most = Infinity,
  sample = 1,
): Promise<ReplayReport> {
  const interruption = new AbortController();
  const files = await findLogFiles([file]);
  const kept = new ReplayStateFile(state);
  let tables = emptyTables(1);
  const report = await runReplay({
    files,
    sides: [{ assembly }],
    sample,
    unmasked: false,
    lambdaMilliseconds: 3,
    signal: interruption.signal,
    tablesOf(distributions) {
      tables = kept.read([file, distributions, sample]) ?? tables;
      return tables;
    },
    onRequest: (_, replayed) => {
      if (replayed >= most) interruption.abort();
    },
  });
  kept.write(tables);
  return report;
}

describe("a replay that is interrupted", () => {
  it("without a word has its state of a minute ago", () => {
    const clock = systemClock();
    const file = join(testFolder(), "state");
    const state = new ReplayStateFile(file, clock);
    expect(state.read([])).toBeUndefined();
    const tables = { ...emptyTables(1), replayed: 7 };
    for (const seconds of [0, 59]) {
      clock.advance(seconds);
      state.writeFromTimeToTime(tables);
      expect(existsSync(file)).toBe(false);
    }
    clock.advance(1);
    state.writeFromTimeToTime(tables);
    tables.replayed = 8;
    state.writeFromTimeToTime(tables);
    expect(new ReplayStateFile(file).read([])?.replayed).toBe(7);
  });

  it("reports what was counted so far, and goes on from there with the caches as they were", async () => {
    const [file, assembly] = [log(), writeTemplate(site)];
    const state = join(testFolder(), "state");
    const first = await replayUntil(file, assembly, state, 20);
    expect([first.isInterrupted, first.lines.replayed, first.a.requests]).toEqual([true, 20, 20]);
    const second = await replayUntil(file, assembly, state, 45);
    expect([second.isInterrupted, second.a.requests]).toEqual([true, 45]);
    const last = await replayUntil(file, assembly, state);
    const atOnce = await replay(file, [site]);
    expect(last).toEqual({ ...atOnce, a: { ...atOnce.a, assembly } });
    expect(await replayUntil(file, assembly, state)).toEqual(last);
  });

  it("does not go on with the state of another replay, or with what is no state", async () => {
    const [file, assembly] = [log(), writeTemplate(site)];
    const state = join(testFolder(), "state");
    await replayUntil(file, assembly, state, 20);
    const another = "it is of a replay of other logs, distributions or options";
    await expect(replayUntil(file, writeTemplate({}), state)).rejects.toThrow(another);
    await expect(replayUntil(log(), assembly, state)).rejects.toThrow(another);
    await expect(replayUntil(file, assembly, state, 20, 0.5)).rejects.toThrow(another);
    for (const content of ["", "notes", "\u00ff\u000f"]) {
      writeFileSync(state, content, "latin1");
      await expect(replayUntil(file, assembly, state)).rejects.toThrow("no state of a replay");
    }
    const nowhere = join(testFolder(), "no", "state");
    await expect(replayUntil(file, assembly, nowhere)).rejects.toThrow("it cannot be written");
  });
});
