import { expect, it } from "vitest";
import { PendingWork } from "./pending-work.ts";

it("nothing is under way before the first and after the last has ended, well or not", async () => {
  const pendingWork = new PendingWork();
  const order: string[] = [];
  const tellIdle = (): Promise<number> => pendingWork.idle().then(() => order.push("idle"));
  await tellIdle();
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  const firstEnded = pendingWork.during(() => first.promise);
  const secondEnded = pendingWork.during(() => second.promise);
  const idle = tellIdle();
  first.resolve();
  await firstEnded;
  order.push("first");
  second.reject(new Error("no"));
  await expect(secondEnded).rejects.toThrow("no");
  await idle;
  await tellIdle();
  expect(order).toEqual(["idle", "first", "idle", "idle"]);
});

it("what begins after the last has ended is under way like any other", async () => {
  const pendingWork = new PendingWork();
  const first = Promise.withResolvers<void>();
  const idle = pendingWork.during(() => first.promise).then(() => pendingWork.idle());
  const firstIdle = pendingWork.idle();
  first.resolve();
  await Promise.all([idle, firstIdle]);
  const second = Promise.withResolvers<void>();
  const ended = pendingWork.during(() => second.promise);
  let isIdle = false;
  const later = pendingWork.idle().then(() => (isIdle = true));
  await Promise.resolve();
  expect(isIdle).toBe(false);
  second.resolve();
  await Promise.all([ended, later]);
});
