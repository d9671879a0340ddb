import { type AwsAnswer, errorAnswer, jsonAnswer } from "./aws-answer.ts";
import type { AwsRequest } from "./aws-request.ts";

/** Days of retention by `region name`; nothing where there is no end. */
export type TestLogGroups = Map<string, number | undefined>;

/** Answers as CloudWatch Logs does, region by region. */
export function answerLogs(request: AwsRequest, groups: TestLogGroups): AwsAnswer | undefined {
  const { operation, region, json } = request;
  const id = `${region} ${String(json["logGroupName"])}`;
  switch (operation) {
    case "DescribeLogGroups": {
      const prefix = `${region} ${String(json["logGroupNamePrefix"])}`;
      return jsonAnswer({
        logGroups: [...groups]
          .filter(([name]) => name.startsWith(prefix))
          .map(([name, retentionInDays]) => ({
            logGroupName: name.split(" ")[1],
            retentionInDays,
          })),
      });
    }
    case "CreateLogGroup":
      if (groups.has(id)) {
        return errorAnswer(request, 400, "ResourceAlreadyExistsException", "It exists.");
      }
      groups.set(id, undefined);
      return jsonAnswer({});
    case "PutRetentionPolicy":
      groups.set(id, Number(json["retentionInDays"]));
      return jsonAnswer({});
    default:
      return undefined;
  }
}
