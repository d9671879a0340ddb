import { Aws, Stack } from "aws-cdk-lib";
import {
  CompositePrincipal,
  ManagedPolicy,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from "aws-cdk-lib/aws-iam";
import { type FunctionProps, LoggingFormat } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { edgeLogGroup } from "../aws/edge-log-group.ts";
import { acknowledgeRules } from "./acknowledge-rules.ts";

/** What a Lambda function of the site runs as. */
export interface RoleProps {
  /** The services that assume the role, as in `lambda.amazonaws.com`. */
  readonly services: readonly string[];
  /** What the role may do beside writing logs, by the name of the inline policy. */
  readonly policies?: Readonly<Record<string, PolicyDocument>>;
  /** The name of the managed policy that bounds the role. */
  readonly permissionsBoundary: string | undefined;
}

/** Returns the role of a Lambda function, and one log group for all functions of the site, with lines in JSON. */
export function roleAndLogs(
  scope: Construct,
  { services, policies = {}, permissionsBoundary: boundary }: RoleProps,
): Required<Pick<FunctionProps, "role" | "logGroup" | "loggingFormat">> {
  const logGroupName = edgeLogGroup(Stack.of(scope).stackName);
  const role = new Role(scope, "Role", {
    assumedBy: new CompositePrincipal(...services.map((name) => new ServicePrincipal(name))),
    inlinePolicies: { Logs: logRights(logGroupName), ...policies },
    ...(boundary !== undefined && {
      permissionsBoundary: ManagedPolicy.fromManagedPolicyName(scope, "Boundary", boundary),
    }),
  });
  acknowledgeRules(role, {
    [`AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:*:<AWS::AccountId>:log-group:${logGroupName}:*]`]:
      "A function runs and writes its log streams in each region with viewers.",
  });
  return {
    role,
    logGroup: LogGroup.fromLogGroupName(scope, "Logs", logGroupName),
    loggingFormat: LoggingFormat.JSON,
  };
}

/** LE-F-08: a function writes its logs in the region in which it runs, whichever that is, and creates the log group. */
function logRights(logGroupName: string): PolicyDocument {
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [`arn:${Aws.PARTITION}:logs:*:${Aws.ACCOUNT_ID}:log-group:${logGroupName}:*`],
      }),
    ],
  });
}
