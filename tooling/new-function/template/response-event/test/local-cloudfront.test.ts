import { startFunction } from "edge-function-testing";
import { expect, it } from "vitest";
import { compileMyFunction } from "my-function";

const engines = ["%engine%"] as const;
const compiledOptions = compileMyFunction({ greeting: "good morning" });

it.each(engines)("sets the header on a local CloudFront, as %s", async (engine) => {
  const packageFolder = `${import.meta.dirname}/..`;
  const cloudfront = await startFunction({ packageFolder, engine, compiledOptions });
  const { headers } = await cloudfront.fetch("/");
  expect(headers.get("x-my-function")).toBe("good morning");
});
