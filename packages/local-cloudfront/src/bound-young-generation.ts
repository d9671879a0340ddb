import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

/** Bytes of the young generation, both of its halves, that are enough for any number of requests. */
const enoughBytes = 8_000_000;
const lookEveryMs = 10;

/**
 * Keeps V8 from letting the young generation of this process grow to 128 MB, as it does under load.
 * How large it may become is an option of Node.js that cannot be set any more; by which factor it
 * grows is read each time.
 */
export function boundYoungGeneration(): void {
  const timer = setInterval(() => {
    const youngBytes = getHeapSpaceStatistics().find(
      ({ space_name: name }) => name === "new_space",
    )?.space_size;
    if (youngBytes === undefined || youngBytes < enoughBytes) return;
    setFlagsFromString("--semi-space-growth-factor=1");
    clearInterval(timer);
  }, lookEveryMs);
  timer.unref();
}
