import { AwsTestDouble, testDoubleClients } from "aws-test-double";
import { afterEach, beforeEach, expect, it } from "vitest";
import { edgeRegions } from "../src/aws/edge-regions.ts";
import { keepLogsFor } from "../src/deploy/log-retention.ts";

let aws: AwsTestDouble;

beforeEach(async () => {
  aws = await AwsTestDouble.open();
});

afterEach(() => aws[Symbol.asyncDispose]());

function keep(days: number) {
  return keepLogsFor(days, "/lambda-edge/notes", testDoubleClients(aws.url).logsIn);
}

it("CF-P-03, LE-F-19: the functions' logs end after the same days in every region of the edge", async () => {
  aws.logGroups.set("eu-central-1 /lambda-edge/notes", undefined);
  expect(await keep(90)).toEqual({ changedCount: 13, refused: [] });
  expect(new Set(aws.logGroups.values())).toEqual(new Set([90]));
  expect([...aws.logGroups.keys()].sort()).toEqual(
    edgeRegions.map((region) => `${region} /lambda-edge/notes`).sort(),
  );
});

it("is not changed where it is as it is to be", async () => {
  await keep(90);
  expect(await keep(90)).toEqual({ changedCount: 0, refused: [] });
});

it("names the regions that the account does not let us into, and goes on in the others", async () => {
  aws.faultOf = ({ region }) => (region === "sa-east-1" ? "access denied" : undefined);
  expect(await keep(90)).toEqual({ changedCount: 12, refused: ["sa-east-1 (AccessDenied)"] });
});
