import { Duration, Stack } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { Distribution } from "aws-cdk-lib/aws-cloudfront";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { CloudFrontFunction } from "./cloudfront-function.ts";
import type { AlarmsConfig } from "../config/stage-config.ts";

/** What alarms watch. */
export interface SiteAlarmsProps extends AlarmsConfig {
  readonly distribution: Distribution;
  readonly cloudFrontFunctions: readonly CloudFrontFunction[];
}

const period = Duration.minutes(5);
/** In percent of the requests of five minutes, twice in succession. */
const maxServerErrorPercent = 5;
/** In percent of the invocations of five minutes, twice in succession. */
const maxFailurePercent = 1;

/**
 * Alarms that send an e-mail. A function on Lambda@Edge that fails is a 5xx to the viewer: its own metrics are in
 * the regions near viewers, where an alarm of this stack cannot look.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
 */
export class SiteAlarms extends Construct {
  constructor(scope: Construct, id: string, props: SiteAlarmsProps) {
    super(scope, id);
    const { email, distribution, cloudFrontFunctions } = props;
    const topic = alarmTopic(this, email);
    const watch = (name: string, metric: IMetric, threshold: number, description: string): void => {
      const alarm = new Alarm(this, name, {
        alarmDescription: description,
        metric,
        threshold,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: 2,
        // Nobody has asked.
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
    };
    watch(
      "ServerErrors",
      cloudFrontMetric("5xxErrorRate", { DistributionId: distribution.distributionId }, "Average"),
      maxServerErrorPercent,
      `More than ${maxServerErrorPercent} % of the requests get a 5xx: see npx edge-site logs --errors`,
    );
    for (const { node, functionName, packages } of cloudFrontFunctions) {
      const count = (metric: string): Metric =>
        cloudFrontMetric(metric, { FunctionName: functionName }, "Sum");
      const failures = new MathExpression({
        expression: "100 * (FILL(failed, 0) + FILL(invalid, 0) + FILL(throttled, 0)) / invoked",
        usingMetrics: {
          failed: count("FunctionExecutionErrors"),
          invalid: count("FunctionValidationErrors"),
          throttled: count("FunctionThrottles"),
          invoked: count("FunctionInvocations"),
        },
        period,
      });
      const description = `More than ${maxFailurePercent} % of the invocations of ${packages} fail: see npx edge-site logs --errors`;
      watch(`${node.id}Failures`, failures, maxFailurePercent, description);
    }
  }
}

function alarmTopic(scope: Construct, email: string): Topic {
  const topic = new Topic(scope, "Topic", { enforceSSL: true });
  // A policy of its own takes the place of the one by which the account's own alarms may publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      actions: ["sns:Publish"],
      resources: [topic.topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": Stack.of(scope).account } },
    }),
  );
  topic.addSubscription(new EmailSubscription(email));
  return topic;
}

function cloudFrontMetric(
  metricName: string,
  dimensions: Readonly<Record<string, string>>,
  statistic: "Average" | "Sum",
): Metric {
  return new Metric({
    namespace: "AWS/CloudFront",
    metricName,
    dimensionsMap: { ...dimensions, Region: "Global" },
    statistic,
    period,
  });
}
