import type { Distribution } from "../../distribution/distribution.ts";
import type { HttpRequest } from "../../http/http-message.ts";
import type { RequestProblem } from "./viewer-request.ts";

/**
 * Puts the default root object in the place of a bare `/`; folders and `//` never get it
 * (LE-A-37 to LE-A-39).
 */
export function withDefaultRootObject(
  { defaultRootObject }: Distribution,
  request: HttpRequest,
): HttpRequest {
  if (defaultRootObject === undefined || request.uri !== "/") return request;
  return { ...request, uri: `/${defaultRootObject}` };
}

const maxLength = 255;
const allowedCharacters = /^[A-Za-z0-9_\-.*$/~"'&]*$/;

/**
 * Refuses `/` where the distribution's default root object is no name that CloudFront takes
 * (LE-A-41).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesGeneral.html#DownloadDistValuesDefaultRootObject
 */
export function refuseDefaultRootObject(
  { defaultRootObject = "" }: Distribution,
  { uri }: HttpRequest,
): RequestProblem | undefined {
  const isValid =
    defaultRootObject.length <= maxLength && allowedCharacters.test(defaultRootObject);
  if (uri !== "/" || isValid) return undefined;
  return {
    status: 400,
    reason: `LE-A-41: Bad Request - InvalidDefaultRootObject: got ${JSON.stringify(defaultRootObject)}. Allowed are up to ${maxLength} of A-Z a-z 0-9 and _ - . * $ / ~ " ' &.`,
    detailedResultType: "InvalidRequest",
  };
}
