import { Authenticator } from "cognito-at-edge";

/** The best-known sign-in at the edge, which is for Amazon Cognito alone. */
export function cognitoHandler(): (event: never) => Promise<unknown> {
  const authenticator = new Authenticator({
    region: "us-east-1",
    userPoolId: "us-east-1_example",
    userPoolAppId: "example",
    userPoolDomain: "example.auth.us-east-1.amazoncognito.com",
  });
  return async (event) => authenticator.handle(event);
}
