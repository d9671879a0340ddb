import type { ViewerRequestHandler } from "cf-types";
import Negotiator from "negotiator";

const locales = ["en", "de", "pt-BR"];

/** negotiator, by which Express and others read Accept-Language, in a redirect to a language. */
export const negotiatorHandler: ViewerRequestHandler = async (event) => {
  const { request } = event.Records[0].cf;
  if (/^\/(?:en|de|pt-BR)(?:\/|$)/.test(request.uri) || /\.\w+$/.test(request.uri)) return request;
  const languages = request.headers["accept-language"]?.[0]?.value;
  const negotiator = new Negotiator({ headers: { "accept-language": languages } });
  const locale = negotiator.language(locales) ?? "en";
  const location = [{ key: "Location", value: `/${locale}${request.uri}` }];
  return { status: "302", headers: { location } };
};
