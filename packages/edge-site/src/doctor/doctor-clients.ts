import { ACMClient } from "@aws-sdk/client-acm";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { type AwsClients, awsClients, clientOptions } from "../aws/aws-clients.ts";

/** Whom the checks ask. */
export interface DoctorClients extends AwsClients {
  readonly acm: ACMClient;
  readonly iam: IAMClient;
  readonly lambda: LambdaClient;
}

/** Returns the clients of a deploy and those of the checks. */
export function doctorClients(): DoctorClients {
  return {
    ...awsClients(),
    acm: new ACMClient(clientOptions),
    iam: new IAMClient(clientOptions),
    lambda: new LambdaClient(clientOptions),
  };
}
