import { type ACMClient, DescribeCertificateCommand } from "@aws-sdk/client-acm";
import { awsErrorName, isDenied } from "../aws/aws-error.ts";
import type { DomainConfig } from "../config/stage-config.ts";
import { bad, type CheckResult, good, unknown } from "./check-result.ts";

/** Whether the stage's certificate is issued and covers its names. Its region is edge.config.ts's matter. */
export async function checkCertificate(
  acm: ACMClient,
  domain: DomainConfig | undefined,
): Promise<CheckResult> {
  if (domain === undefined) return good("certificate: CloudFront's own, for there is no domain");
  const { certificateArn, names } = domain;
  try {
    const { Certificate } = await acm.send(
      new DescribeCertificateCommand({ CertificateArn: certificateArn }),
    );
    if (Certificate?.Status !== "ISSUED") {
      return bad(
        `certificate ${certificateArn} is ${Certificate?.Status}`,
        "Add the DNS records that validate it: aws acm describe-certificate --region us-east-1 --certificate-arn " +
          certificateArn,
      );
    }
    return covered(names, Certificate.SubjectAlternativeNames ?? []);
  } catch (error) {
    if (isDenied(error)) return unknown("certificate", "Allow acm:DescribeCertificate to see it.");
    if (awsErrorName(error) !== "ResourceNotFoundException") throw error;
    return bad(
      `certificate ${certificateArn} does not exist in us-east-1`,
      "List those that do: aws acm list-certificates --region us-east-1",
    );
  }
}

function covered(names: readonly string[], certified: readonly string[]): CheckResult {
  const bare = names.filter((name) => !certified.some((each) => covers(each, name)));
  return bare.length === 0
    ? good(`certificate covers ${names.join(", ")}, in us-east-1`)
    : bad(
        `certificate does not cover ${bare.join(", ")}: it names ${certified.join(", ")}`,
        `Request one that does: aws acm request-certificate --region us-east-1 --validation-method DNS --domain-name ${bare[0]}`,
      );
}

/** An asterisk stands for one label. */
function covers(certified: string, name: string): boolean {
  return (
    certified === name ||
    (certified.startsWith("*.") && name.slice(name.indexOf(".")) === certified.slice(1))
  );
}
