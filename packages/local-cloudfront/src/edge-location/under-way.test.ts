import { expect, it } from "vitest";
import { UnderWay } from "./under-way.ts";

it("nothing is under way before the first and after the last has ended, well or not", async () => {
  const underWay = new UnderWay();
  const order: string[] = [];
  const tellIdle = (): Promise<number> => underWay.idle().then(() => order.push("idle"));
  await tellIdle();
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  const firstEnded = underWay.during(() => first.promise);
  const secondEnded = underWay.during(() => second.promise);
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
