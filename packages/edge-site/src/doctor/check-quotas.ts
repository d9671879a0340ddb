import { type CloudFrontClient, ListDistributionsCommand } from "@aws-sdk/client-cloudfront";
import { GetAccountSettingsCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { lambdaEdgeQuotas } from "cf-rules";
import { isDenied } from "../aws/aws-error.ts";
import { bad, type CheckResult, good, unknown } from "./check-result.ts";

const increase = (quota: string) =>
  `Ask for more: https://console.aws.amazon.com/servicequotas/home/services/${quota}/quotas`;

/** Whether Lambda gives the account what edge functions are used to; a new account has much less. */
export async function checkLambdaQuotas(lambda: LambdaClient): Promise<CheckResult> {
  try {
    const { AccountLimit, AccountUsage } = await lambda.send(new GetAccountSettingsCommand({}));
    const { ConcurrentExecutions = 0, TotalCodeSize = 0 } = AccountLimit ?? {};
    const used = AccountUsage?.TotalCodeSize ?? 0;
    if (TotalCodeSize > 0 && used > TotalCodeSize * 0.95) {
      return bad(
        `quotas of Lambda: ${used} of ${TotalCodeSize} bytes of code are used`,
        "Delete versions that no distribution names any more.",
      );
    }
    const usual = lambdaEdgeQuotas.concurrencyPerRegion;
    const finding = `quotas of Lambda: ${ConcurrentExecutions} invocations at a time in each region`;
    return ConcurrentExecutions < usual
      ? unknown(`${finding}, where ${usual} are usual`, increase("lambda"))
      : good(finding);
  } catch (error) {
    if (!isDenied(error)) throw error;
    return unknown("quotas of Lambda", "Allow lambda:GetAccountSettings to see them.");
  }
}

// LE-E-19, https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
const distributions = 500;

/** Whether the account may have another distribution. */
export async function checkCloudFrontQuotas(cloudFront: CloudFrontClient): Promise<CheckResult> {
  try {
    const { DistributionList } = await cloudFront.send(new ListDistributionsCommand({}));
    const { Quantity = 0, IsTruncated = false } = DistributionList ?? {};
    const finding = `quotas of CloudFront: ${Quantity}${IsTruncated ? " and more" : ""} of ${distributions} distributions`;
    return Quantity < distributions ? good(finding) : bad(finding, increase("cloudfront"));
  } catch (error) {
    if (!isDenied(error)) throw error;
    return unknown("quotas of CloudFront", "Allow cloudfront:ListDistributions to see them.");
  }
}
