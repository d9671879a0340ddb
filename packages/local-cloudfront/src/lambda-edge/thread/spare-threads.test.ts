import { describe, expect, it, onTestFinished } from "vitest";
import { SpareThreads } from "./spare-threads.ts";
import { startThread, type FunctionThread, type FunctionThreadOptions } from "./start-thread.ts";

const rewrite = { functionName: "us-east-1.rewrite", memoryMb: 128 };
const larger = { ...rewrite, memoryMb: 256 };

function spareThreads(): SpareThreads {
  const made = new SpareThreads();
  onTestFinished(() => made.close());
  return made;
}

/** Threads are numbered in the order of their starts; the thread is ended. */
async function numberOf({ worker }: FunctionThread): Promise<number> {
  const { threadId } = worker;
  await worker.terminate();
  return threadId;
}

/** The number of a thread that is started now. */
async function numberNow(): Promise<number> {
  return numberOf(startThread(rewrite));
}

const take = (from: SpareThreads, options: FunctionThreadOptions): Promise<number> =>
  numberOf(from.take(options));

describe("a spare thread", () => {
  it("has started before it is taken, and is taken once", async () => {
    const spares = spareThreads();
    spares.prepare(rewrite);
    const later = await numberNow();
    expect(await take(spares, rewrite)).toBeLessThan(later);
    expect(await take(spares, rewrite)).toBeGreaterThan(later);
  });

  it("is one for each function, however often it is prepared", async () => {
    const spares = spareThreads();
    spares.prepare(rewrite);
    spares.prepare(rewrite);
    const later = await numberNow();
    await take(spares, rewrite);
    expect(await take(spares, rewrite)).toBeGreaterThan(later);
  });

  it("is not for a function with other memory", async () => {
    const spares = spareThreads();
    spares.prepare(rewrite);
    const later = await numberNow();
    expect(await take(spares, larger)).toBeGreaterThan(later);
  });

  it("ends with the function that it is for", async () => {
    const spares = spareThreads();
    spares.prepare(rewrite);
    spares.prepare(larger);
    const later = await numberNow();
    await spares.retain([larger]);
    expect(await take(spares, rewrite)).toBeGreaterThan(later);
    expect(await take(spares, larger)).toBeLessThan(later);
  });
});
