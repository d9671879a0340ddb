import { afterEach, beforeEach, expect, it } from "vitest";
import { edgeRegions, keepLogsFor } from "../lib/deploy/log-retention.ts";
import { AwsTestDouble } from "./aws-test-double/aws-test-double.ts";
import { testDoubleClients } from "./aws-test-double/test-double-clients.ts";

let aws: AwsTestDouble;

beforeEach(async () => {
  aws = await AwsTestDouble.open();
});

afterEach(() => aws[Symbol.asyncDispose]());

function keep(days: number) {
  return keepLogsFor(days, ["notes-a", "notes-b"], testDoubleClients(aws.url).logsIn);
}

it("LE-F-05, LE-F-19: the functions' logs end after the same days in every region of the edge", async () => {
  aws.logGroups.set("eu-central-1 /aws/lambda/us-east-1.notes-a", undefined);
  expect(await keep(90)).toEqual({ changedCount: 26, refused: [] });
  expect(new Set(aws.logGroups.values())).toEqual(new Set([90]));
  expect([...aws.logGroups.keys()].sort()).toEqual(
    edgeRegions
      .flatMap((region) =>
        ["a", "b"].map((name) => `${region} /aws/lambda/us-east-1.notes-${name}`),
      )
      .sort(),
  );
});

it("is not changed where it is as it is to be", async () => {
  await keep(90);
  expect(await keep(90)).toEqual({ changedCount: 0, refused: [] });
});

it("names the regions that the account does not let us into, and goes on in the others", async () => {
  aws.faultOf = ({ region }) => (region === "sa-east-1" ? "access denied" : undefined);
  expect(await keep(90)).toEqual({ changedCount: 24, refused: ["sa-east-1 (AccessDenied)"] });
});
