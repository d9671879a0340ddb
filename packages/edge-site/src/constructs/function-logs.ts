import { Aws, Stack } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { LoggingFormat } from "aws-cdk-lib/aws-lambda";
import { type ILogGroup, LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { edgeLogGroup } from "../aws/edge-log-group.ts";
import { acknowledgeRules } from "./acknowledge-rules.ts";

/** One group for all functions of the site, with lines that a query can read. */
export interface FunctionLogs {
  readonly logGroup: ILogGroup;
  readonly loggingFormat: LoggingFormat;
}

/** Returns where a function writes its logs. */
export function functionLogs(scope: Construct): FunctionLogs {
  const { stackName } = Stack.of(scope);
  return {
    logGroup: LogGroup.fromLogGroupName(scope, "Logs", edgeLogGroup(stackName)),
    loggingFormat: LoggingFormat.JSON,
  };
}

/** LE-F-08: a function writes its logs in the region in which it runs, whichever that is, and makes the log group. */
export function logRights(scope: Construct): PolicyDocument {
  const { stackName } = Stack.of(scope);
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [
          `arn:${Aws.PARTITION}:logs:*:${Aws.ACCOUNT_ID}:log-group:${edgeLogGroup(stackName)}:*`,
        ],
      }),
    ],
  });
}

/** Says to cdk-nag why those rights name no log stream. */
export function acknowledgeLogRights(role: Construct): void {
  const { stackName } = Stack.of(role);
  acknowledgeRules(role, {
    [`AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:*:<AWS::AccountId>:log-group:${edgeLogGroup(stackName)}:*]`]:
      "A function runs and writes its log streams in each region with viewers.",
  });
}
