import { Stack, Validations } from "aws-cdk-lib";
import { describe, expect, it } from "vitest";
import { EdgeCheckPlugin } from "../src/cdk/edge-check-plugin.ts";
import { cdkMistakes, type CdkMistake } from "./cdk-mistakes.ts";
import { cdkApp } from "./cdk-site.ts";

const env = { account: "111122223333", region: "us-east-1" };

/** Why a synth fails; undefined where it does not. */
function refusal({ make }: Pick<CdkMistake, "make">, hasPlugin: boolean): string | undefined {
  using site = cdkApp();
  const plugin = new EdgeCheckPlugin({ today: "2026-11-26", failOn: "warning" });
  if (hasPlugin) Validations.of(site.app).addPlugins(plugin);
  try {
    make(new Stack(site.app, "Site", { env }));
    site.app.synth();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe("a mistake in a CDK app is stopped at synth, by its rule where the CDK lets it pass", () => {
  it.each(Object.entries(cdkMistakes))("%s", (_name, mistake) => {
    const stopper = refusal(mistake, false) === undefined ? "edge-check" : "cdk";
    const told = refusal(mistake, true) ?? "nothing";
    const [, rule = stopper] = /'edge-check::([\w-]+)'/.exec(told) ?? [];
    expect({ stopper, rule, isStopped: told !== "nothing" }).toEqual({
      stopper: mistake.stoppedBy === "cdk" ? "cdk" : "edge-check",
      rule: mistake.stoppedBy,
      isStopped: true,
    });
  });
});
