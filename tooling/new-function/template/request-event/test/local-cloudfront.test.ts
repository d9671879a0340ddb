import { startFunction } from "edge-function-testing";
import { expect, it } from "vitest";
import { compileMyFunction } from "my-function";

const engines = ["%engine%"] as const;
const compiledOptions = compileMyFunction({ greeting: "good morning" });

it.each(engines)("responds on a local CloudFront, as %s", async (engine) => {
  const packageFolder = `${import.meta.dirname}/..`;
  const cloudfront = await startFunction({ packageFolder, engine, compiledOptions });
  expect(await (await cloudfront.fetch("/my-function")).text()).toBe("good morning");
  expect(await (await cloudfront.fetch("/")).text()).toBe("<!doctype html>");
});
