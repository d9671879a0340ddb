import { type AwsResponse, queryResponse } from "./aws-response.ts";
import type { AwsRequest } from "./aws-request.ts";

/** The account that the test double knows. */
export const testAccount = "111122223333";

/** Responds as the Security Token Service does: a role's access key is the role's name. */
export function respondAsSts({
  operation,
  form,
  accessKeyId,
}: AwsRequest): AwsResponse | undefined {
  switch (operation) {
    case "GetCallerIdentity":
      return queryResponse(
        operation,
        `<Account>${testAccount}</Account><UserId>U</UserId><Arn>arn:aws:iam::${testAccount}:user/${accessKeyId}</Arn>`,
      );
    case "AssumeRole": {
      const roleName = form.get("RoleArn")?.split("/").at(-1);
      return queryResponse(
        operation,
        `<Credentials><AccessKeyId>${roleName}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser><AssumedRoleId>R:s</AssumedRoleId><Arn>arn:aws:sts::${testAccount}:assumed-role/${roleName}/s</Arn></AssumedRoleUser>`,
      );
    }
    default:
      return undefined;
  }
}
