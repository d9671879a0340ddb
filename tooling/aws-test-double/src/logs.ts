import { type AwsResponse, errorResponse, jsonResponse } from "./aws-response.ts";
import type { AwsRequest } from "./aws-request.ts";

/** Days of retention by `region name`; nothing where there is no end. */
export type TestLogGroups = Map<string, number | undefined>;

/** An event of a log stream. */
export interface TestLogEvent {
  readonly timestamp: number;
  readonly message: string;
  readonly logStreamName: string;
}

/** Events by `region name` of their group. */
export type TestLogEvents = Map<string, readonly TestLogEvent[]>;

/** CloudWatch has pages of ten thousand. */
const pageLength = 2;

/** Responds as CloudWatch Logs does, region by region. */
export function respondAsLogs(
  request: AwsRequest,
  groups: TestLogGroups,
  events: TestLogEvents,
): AwsResponse | undefined {
  const { operation, region, json } = request;
  const id = `${region} ${String(json["logGroupName"])}`;
  switch (operation) {
    case "DescribeLogGroups": {
      const prefix = `${region} ${String(json["logGroupNamePrefix"])}`;
      return jsonResponse({
        logGroups: [...groups]
          .filter(([name]) => name.startsWith(prefix))
          .map(([name, retentionInDays]) => ({
            logGroupName: name.split(" ")[1],
            retentionInDays,
          })),
      });
    }
    case "FilterLogEvents": {
      const group = events.get(id);
      if (group === undefined) return absentGroup(request);
      const start = Number(json["nextToken"] ?? 0);
      const found = group
        .map((event, index) => ({ ...event, eventId: `${id} ${index}` }))
        .filter(
          ({ timestamp }) =>
            timestamp >= Number(json["startTime"]) && timestamp < Number(json["endTime"]),
        );
      const next = start + pageLength;
      return jsonResponse({
        events: found.slice(start, next),
        ...(found.length > next && { nextToken: String(next) }),
      });
    }
    case "CreateLogGroup":
      if (groups.has(id)) {
        return errorResponse(request, 400, "ResourceAlreadyExistsException", "It exists.");
      }
      groups.set(id, undefined);
      return jsonResponse({});
    case "DeleteLogGroup": {
      const [hadRetention, hadEvents] = [groups.delete(id), events.delete(id)];
      return hadRetention || hadEvents ? jsonResponse({}) : absentGroup(request);
    }
    case "PutRetentionPolicy":
      groups.set(id, Number(json["retentionInDays"]));
      return jsonResponse({});
    default:
      return undefined;
  }
}

function absentGroup(request: AwsRequest): AwsResponse {
  const absent = "The specified log group does not exist.";
  return errorResponse(request, 400, "ResourceNotFoundException", absent);
}
