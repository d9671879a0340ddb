import { noFunctions } from "./no-functions.ts";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { HttpResponse } from "../../src/http/http-message.ts";
import type { Origin } from "../../src/distribution/origins.ts";
import { createOriginClient } from "../../src/origin/create-origin-client.ts";
import { fakeClock } from "./fake-clock.ts";
import { sampleRequest } from "./http-message.ts";
import { sampleS3Origin } from "./origin.ts";

/** The content of the object `digits`, and what S3 says of it. */
export const digits = "0123456789";
export const etag = '"781e5e245d69b566979b86e28d23f2c7"';
export const lastModified = "Mon, 05 Oct 2026 10:00:00 GMT";

const files = {
  "index.html": "<h1>",
  "a b.jpg": "+",
  "50%off": "%",
  "dir/index.html": "dir",
  digits,
  css: "",
  LICENSE: "",
  "app-BkX3f_Ab.js": "",
  empty: "",
};

/** Asks for objects of a bucket. */
export interface S3Site {
  fetchFrom(origin: Origin, ...request: Parameters<typeof sampleRequest>): Promise<HttpResponse>;
  /** Of a bucket that CloudFront may read and not list. */
  get(...request: Parameters<typeof sampleRequest>): Promise<HttpResponse>;
}

/** Fills a folder that stands for a bucket, for all tests of a file; a secret lies beside it. */
export function s3Site(): S3Site {
  const originClient = createOriginClient({ invoke: noFunctions, clock: fakeClock() });
  let home: string;

  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), "s3-site-"));
    mkdirSync(join(home, "site", "dir"), { recursive: true });
    writeFileSync(join(home, "secret.txt"), "secret");
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(home, "site", name), content);
    }
    // Half a second more than HTTP can say.
    const date = new Date("2026-10-05T10:00:00.500Z");
    utimesSync(join(home, "site", "digits"), date, date);
  });

  afterAll(async () => {
    await originClient.close();
    rmSync(home, { recursive: true });
  });

  const fetchFrom: S3Site["fetchFrom"] = async (origin, ...request) => {
    const content = { kind: "folder", path: join(home, "site") } as const;
    const answer = await originClient.fetch({ ...origin, content }, sampleRequest(...request));
    if (answer.kind === "failure") throw new Error(answer.failure.message);
    return answer.response;
  };
  return { fetchFrom, get: (...request) => fetchFrom(sampleS3Origin(), ...request) };
}

export function headerOf({ headers }: HttpResponse, name: string): string | undefined {
  return headers[name]?.[0]?.value;
}
