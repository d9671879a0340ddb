import { randomUUID } from "node:crypto";
import { awsErrorName } from "../aws/aws-error.ts";
import { clock } from "../clock.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { type Bucket, deleteObject, readJson, type WriteCondition, writeJson } from "./bucket.ts";
import { publishLockKey } from "./reserved-keys.ts";
import { type Publisher, thisPublisher } from "./publisher.ts";

/** Who takes a lock, and how long it lasts. */
export interface PublishLockOptions {
  /** @default - whoever runs this process */
  readonly publisher?: Publisher;
  /**
   * Between two signs of life.
   * @default 60
   */
  readonly renewEverySeconds?: number;
  /**
   * Without a sign of life, after which the lock is anybody's: clocks may differ by minutes.
   * @default 900
   */
  readonly staleAfterSeconds?: number;
}

/** A bucket that nobody else publishes to. */
export interface PublishLock extends AsyncDisposable {
  /** @throws {EdgeSiteError} `PUBLISHED_BY_OTHERS` when another deploy may have taken the lock over */
  refuseWhenLost(): void;
}

interface Lock extends Publisher {
  readonly id: string;
  /** ISO 8601. */
  readonly since: string;
}

interface FoundLock extends Lock {
  readonly etag: string;
  readonly ageSeconds: number;
}

/**
 * Takes the lock of a bucket, an object that S3 lets one deploy alone make, and gives signs of life until
 * it is disposed of. One that has given none for long is taken over.
 *
 * @throws {EdgeSiteError} `PUBLISHED_BY_OTHERS` with who holds it and since when
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function takePublishLock(
  bucket: Bucket,
  {
    publisher = thisPublisher(),
    renewEverySeconds = 60,
    staleAfterSeconds = 900,
  }: PublishLockOptions = {},
): Promise<PublishLock> {
  const lock: Lock = { id: randomUUID(), ...publisher, since: new Date().toISOString() };
  let etag = await takeFreeOrStale(bucket, lock, staleAfterSeconds);
  let renewedAtMs = clock.now();
  let isLost = false;
  let renewing = Promise.resolve();
  const renew = async () => {
    try {
      etag = await put(bucket, lock, { IfMatch: etag });
      renewedAtMs = clock.now();
    } catch (error) {
      if (isTakenBy(error)) isLost = true;
    }
  };
  const timer = setInterval(() => (renewing = renewing.then(renew)), renewEverySeconds * 1000);
  timer.unref();
  const release = async () => {
    clearInterval(timer);
    await renewing;
    // One that cannot be deleted, or is another's by now, is left alone: it becomes stale.
    await deleteObject(bucket, publishLockKey, { IfMatch: etag }).catch(() => undefined);
  };
  let leaving: Promise<never> | undefined;
  const stopListening = onSignal((leave) => {
    isLost = true;
    leaving = release().then(leave);
  });
  return {
    refuseWhenLost() {
      if (!isLost && clock.now() - renewedAtMs < staleAfterSeconds * 1000) return;
      throw new EdgeSiteError(
        "PUBLISHED_BY_OTHERS",
        `Bucket ${JSON.stringify(bucket.bucketName)} is no longer locked by this deploy: it gave no sign of life for too long, or the lock was deleted. Deploy again once no other deploy is publishing.`,
      );
    },
    async [Symbol.asyncDispose]() {
      stopListening();
      await (leaving ?? release());
    },
  };
}

async function takeFreeOrStale(
  bucket: Bucket,
  lock: Lock,
  staleAfterSeconds: number,
): Promise<string> {
  const attempts = 5;
  for (let attempt = 1; ; attempt += 1) {
    const found = attempt === 1 ? undefined : await readLock(bucket);
    // The response to an earlier attempt was lost on the way.
    if (found?.id === lock.id) return found.etag;
    const isStale = found !== undefined && found.ageSeconds >= staleAfterSeconds;
    if (found !== undefined && !isStale) throw heldBy(found, bucket, staleAfterSeconds);
    try {
      return await put(
        bucket,
        lock,
        found === undefined ? { IfNoneMatch: "*" } : { IfMatch: found.etag },
      );
    } catch (error) {
      if (!isTakenBy(error) || attempt === attempts) throw error;
    }
  }
}

/** Each sign of life is another object, so that nobody takes over a lock that was renewed meanwhile. */
function put(bucket: Bucket, lock: Lock, condition: WriteCondition): Promise<string> {
  const renewedAt = new Date().toISOString();
  return writeJson(bucket, publishLockKey, { ...lock, renewedAt }, condition);
}

async function readLock(bucket: Bucket): Promise<FoundLock | undefined> {
  const found = await readJson<Lock>(bucket, publishLockKey);
  if (found === undefined) return undefined;
  const { value, etag, lastModified } = found;
  const ageMs = clock.now() - (lastModified?.getTime() ?? 0);
  return { ...value, etag, ageSeconds: Math.max(0, Math.round(ageMs / 1000)) };
}

/** By which S3 says that the object is there, is another one, or is just being written. */
const takenCodes = ["PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey"];

function isTakenBy(error: unknown): boolean {
  return takenCodes.includes(awsErrorName(error));
}

function heldBy(
  { owner, commit, since, ageSeconds }: FoundLock,
  { bucketName }: Bucket,
  staleAfterSeconds: number,
): EdgeSiteError {
  const of = commit === undefined ? "" : ` (commit ${commit})`;
  return new EdgeSiteError(
    "PUBLISHED_BY_OTHERS",
    `Another deploy is publishing to bucket ${JSON.stringify(bucketName)}: got a lock of ${owner}${of} since ${since}, whose last sign of life is ${ageSeconds} s old. Deploy again when it has ended. If it has died, its lock is free after ${staleAfterSeconds} s without a sign of life, or at once with: aws s3 rm s3://${bucketName}/${publishLockKey}`,
  );
}

/**
 * Calls back at a signal that ends the process, with what then ends it.
 *
 * @returns What ends that.
 */
function onSignal(act: (leave: () => Promise<never>) => void): () => void {
  const signals = ["SIGINT", "SIGTERM"] as const;
  const stop = () => signals.forEach((signal) => process.off(signal, receive));
  const receive = (signal: NodeJS.Signals) => {
    stop();
    act(() => {
      process.kill(process.pid, signal);
      return new Promise(() => undefined);
    });
  };
  for (const signal of signals) process.on(signal, receive);
  return stop;
}
